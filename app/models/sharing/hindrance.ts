import type { Hindrance } from "#db/tables/sharing.ts"
import { presenceWords, type Said } from "./presence-words.ts"

/** Short, for a sentence that names several people: "20 of 20", "off till Mon 09:00". The API's `skipped`. */
export function inShort(why: Hindrance, said: Said): string {
  switch (why.kind) {
    case "not here":
      return "not on this mailbox"
    case "invited":
      return "invited, not signed in yet"
    case "away":
    case "off":
      return presenceWords({ state: why.kind, until: why.until }, "till", said)
    case "lacks":
      return `without ${why.skills.join(", ")}`
    case "gave it back":
      return "gave it back"
    case "left it unanswered":
      return "had it unanswered"
    case "full":
      return `${why.load} of ${why.limit}`
    case "full here":
      return `${why.load} of ${why.limit} here`
    case "ramp":
      return `just came, ${why.given} given already`
  }
}

/** With its verb, to follow a name: "is full at 20 of 20". */
export function atLength(why: Hindrance, said: Said): string {
  switch (why.kind) {
    case "not here":
      return "does not answer this mailbox"
    case "invited":
      return "was invited and has not signed in yet"
    case "away":
    case "off":
      return `is ${presenceWords({ state: why.kind, until: why.until }, "until", said)}`
    case "lacks":
      return `does not have ${why.skills.join(", ")}`
    case "gave it back":
      return "gave it back"
    case "left it unanswered":
      return "had it and did not answer"
    case "full":
      return `is full at ${why.load} of ${why.limit}`
    case "full here":
      return `is full in this mailbox at ${why.load} of ${why.limit}`
    case "ramp":
      return `just came and was given ${why.given} already`
  }
}

/** What would mend it, to follow `atLength`; nothing where waiting does and the words say until when. */
export function remedyOf(why: Hindrance): string {
  switch (why.kind) {
    case "not here":
      return ": an admin can add them"
    case "invited":
      return ": the link of their invitation lets them choose a password"
    case "away":
    case "off":
      return why.until === null ? ", until they or a lead switch them to present" : ""
    case "lacks":
      return ": the case asks for it"
    case "gave it back":
    case "left it unanswered":
      return ": a person can hand it over to them all the same"
    case "full":
      return ": one case answered or closed makes room, or a higher limit"
    case "full here":
      return ": one answered or closed here makes room, or a higher limit here"
    case "ramp":
      return ": more can follow a quarter of an hour after they came"
  }
}

/** What handing it over goes past, to follow who got it: "past their limit of 20". */
export function asPast(why: Passed, said: Said): string {
  switch (why.kind) {
    case "full":
      return `past their limit of ${why.limit}`
    case "full here":
      return `past their limit of ${why.limit} in this mailbox`
    case "away":
    case "off":
    case "lacks":
      return `${why.kind === "lacks" ? "" : "while "}${inShort(why, said)}`
  }
}

/** What a person may go past in handing over, and the case then says so. */
export type Passed = Extract<Hindrance, { kind: "full" | "full here" | "away" | "off" | "lacks" }>

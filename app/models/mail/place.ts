/** A case a mail points at, with what its sender is there. */
export type Pointer = {
  by: "reply token" | "our message" | "their message" | "marker" | "its answer" | "same thread"
  /** After following merges. */
  caseNumber: number
  /** Whether the sender takes part in it. */
  isParticipant: boolean
  /** Whether the sender writes from the requester's own organisation. */
  isColleague: boolean
  /** Closed for so long that what is written now is another matter. */
  isLongClosed: boolean
}

/** What the checks say of the sender: proven, refuted by the domain's own policy, or neither. */
export type Voice = "proven" | "unproven" | "refuted"

/**
 * `speaks`: it moves the case. `pending`: it moves the case, its sender takes part once an agent says so. `unverified`:
 * agents see it, nobody else is told of it. `held`: the same, because it is likely forged. `slowed`: the same, because
 * its sender writes faster than people do.
 */
export type Standing = "speaks" | "pending" | "unverified" | "held" | "slowed"

export type Place =
  | { into: number; standing: Standing; because: string }
  /** A new case; `near`: the case it may belong to, said to the agent. */
  | { into: null; near: number | null; because: string }

const says: Record<Pointer["by"], string> = {
  "reply token": "it was sent to the reply address of this case",
  "our message": "it answers our message",
  "their message": "it answers a message of this case",
  marker: "it quotes our message",
  "its answer": "a message of this case, which came before it, answers it",
  "same thread": "it answers the same email as a message of this case",
}

/**
 * Where a mail belongs. Pointers come in the order of their weight. Only somebody who takes part may speak in a case, and not when their domain says the mail is not theirs; a
 * reply address proves that its holder knows the case, so a stranger with one is heard, unverified; a stranger with an
 * id opens a case of their own, for ids travel with every forwarded mail. Subjects prove nothing and are not looked at.
 */
export function placeOf(pointers: readonly Pointer[], voice: Voice): Place {
  const own = pointers.find(({ isParticipant }) => isParticipant)
  if (own?.isLongClosed) return beside(own, "but that case was closed long ago")
  if (own && voice === "refuted")
    return {
      into: own.caseNumber,
      standing: "held",
      because: `Held because ${says[own.by]}, but its sender's domain says that it did not send it.`,
    }
  if (own) return { into: own.caseNumber, standing: "speaks", because: joined(own, pointers) }
  return voice === "refuted" ? placeBeside(pointers) : placeOfStranger(pointers, voice)
}

function joined(own: Pointer, pointers: readonly Pointer[]) {
  const other = pointers.find(({ caseNumber }) => caseNumber !== own.caseNumber)
  const conflict = other ? ` It also points at case ${other.caseNumber}.` : ""
  return `Joined because ${says[own.by]}.${conflict}`
}

function placeOfStranger(pointers: readonly Pointer[], voice: Voice): Place {
  const colleague = pointers.find(({ isColleague, isLongClosed }) => isColleague && !isLongClosed)
  if (colleague && voice === "proven")
    return {
      into: colleague.caseNumber,
      standing: "pending",
      because: `Joined because ${says[colleague.by]}, and its sender is proven to write from the customer's own organisation.`,
    }
  // As if it had come first, and those who answered it after it: it is written to somebody of that case.
  const answered = pointers.find(({ by, isLongClosed }) => by === "its answer" && !isLongClosed)
  if (answered)
    return {
      into: answered.caseNumber,
      standing: "pending",
      because: `Joined because ${says[answered.by]}, and it was written to somebody who takes part.`,
    }
  const token = pointers.find(({ by }) => by === "reply token")
  const agree = pointers.every(({ caseNumber }) => caseNumber === token?.caseNumber)
  if (!token || !agree || token.isLongClosed) return placeBeside(pointers)
  return {
    into: token.caseNumber,
    standing: "unverified",
    because: "Joined because it was sent to the reply address of this case, by somebody who was not in it before.",
  }
}

function placeBeside([near]: readonly Pointer[]): Place {
  return near ? beside(near, "but its sender does not take part there") : { into: null, near: null, because: "" }
}

const beside = ({ caseNumber, by }: Pointer, why: string): Place => ({
  into: null,
  near: caseNumber,
  because: `Possibly belongs to case ${caseNumber}: ${says[by].replace("this case", "that case")}, ${why}.`,
})

/** History was let in by whoever imports it: it stands where its thread is, whoever wrote it. */
export function placeOfHistory(pointers: readonly Pointer[]): Place {
  const pointer = pointers.find(({ isParticipant }) => isParticipant) ?? pointers[0]
  if (!pointer) return { into: null, near: null, because: "" }
  const standing = pointer.isParticipant ? "speaks" : "pending"
  return { into: pointer.caseNumber, standing, because: joined(pointer, pointers) }
}

/**
 * Automatic answers come from wherever the answered mail ended up, so an out-of-office joins the case of our message
 * whoever sends it: quietly, and that is all it ever does.
 */
export function placeOfAnswer(pointers: readonly Pointer[]): Place {
  const place = placeOf(pointers, "unproven")
  const sure = pointers.find(({ by }) => by === "reply token" || by === "our message" || by === "marker")
  if (place.into !== null || !sure) return place
  return { into: sure.caseNumber, standing: "unverified", because: `Joined because ${says[sure.by]}.` }
}

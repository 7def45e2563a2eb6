import { causes } from "./bounce-causes.ts"
import { plainWords, saysOne } from "./phrases.ts"

/** Why mail came back, as its notice says it; the words are those mail administrators use. */
export type Cause = { reason: string; status: string; hard: boolean; isSaid: boolean }

/** Only what makes the address itself wrong: a full or picky mailbox may take the next mail. */
const wrongAddress = new Set(["userunknown", "hostunknown", "hasmoved", "notaccept"])

/**
 * Whether a failure is for good. What was given up after days of trying is as final as a refusal, if the words say that
 * it was the address that was wrong.
 */
export const isFinal = ({ hard, reason, isSaid }: Cause) => hard || (isSaid && wrongAddress.has(reason))

/** The cause a sentence names; null when it names none. */
export function causeIn(words: string) {
  const text = plainWords(words)
  return causes.find(({ phrases }) => saysOne(text, phrases)) ?? null
}

/** The status a server's answer names, its most exact one; empty when it names none. A version or an address is none. */
export function statusIn(words: string) {
  const found = [...words.matchAll(/(?<![\d.])[45]\.[0-7]\.\d{1,3}(?!\.?\d)/g)].map(([status]) => status)
  return found.find((status) => !isGeneric(status)) ?? found[0] ?? ""
}

export const isGeneric = (status: string) => status === "" || status.endsWith(".0.0")

/** Statuses that say more than any sentence beside them. */
const sureStatuses: Record<string, string> = {
  "1.2": "hostunknown",
  "1.3": "userunknown",
  "1.6": "hasmoved",
  "2.2": "mailboxfull",
  "2.3": "mesgtoobig",
  "3.4": "mesgtoobig",
  "4.6": "networkerror",
  "4.7": "expired",
  "7.23": "authfailure",
  "7.25": "requireptr",
  "7.26": "authfailure",
}

/** What a status means when the sentence beside it says nothing, or nothing known. */
const vagueStatuses: Record<string, string> = {
  "1.0": "userunknown",
  "1.1": "userunknown",
  "1.4": "userunknown",
  "1.7": "rejected",
  "1.8": "rejected",
  "1.9": "systemerror",
  "1.10": "userunknown",
  "2.0": "filtered",
  "2.1": "suspend",
  "2.4": "filtered",
  "3.0": "systemerror",
  "3.1": "systemfull",
  "3.2": "notaccept",
  "3.3": "systemerror",
  "3.5": "systemerror",
  "4.0": "networkerror",
  "4.1": "networkerror",
  "4.2": "networkerror",
  "4.3": "networkerror",
  "4.4": "hostunknown",
  "4.5": "toomanyconn",
  "5.0": "syntaxerror",
  "5.1": "syntaxerror",
  "5.2": "syntaxerror",
  "5.3": "exceedlimit",
  "5.4": "syntaxerror",
  "6.0": "contenterror",
  "6.3": "contenterror",
  "7.0": "securityerror",
  "7.1": "policyviolation",
  "7.8": "securityerror",
  "7.9": "securityerror",
}

/** What a sentence must speak of to outdo 5.1.1: the other things a picky server calls a bad address. */
const besideUnknown =
  "mailboxfull norelaying blocked hasmoved rejected suspend spamdetected authfailure hostunknown notaccept".split(" ")

/**
 * What a status and the server's sentence say together. The sentence is nearer to the truth than 5.0.0 or 5.7.1, and
 * makes such a status exact.
 */
export function causeOf(status: string, words: string): Cause {
  const said = causeIn(words)
  const reason = reasonOf(status, said?.reason ?? null)
  const exact = isGeneric(status) && said ? `${severity(status, words, said.isSoft)}.${said.status}` : status
  const hard = !exact.startsWith("4") && wrongAddress.has(reason)
  return { reason, status: exact, hard, isSaid: said?.reason === reason }
}

function reasonOf(status: string, said: string | null) {
  const detail = status.slice(2)
  const sure = sureStatuses[detail]
  if (sure) return sure
  const meant = vagueStatuses[detail] ?? null
  if (status === "5.1.1" && said !== null && !besideUnknown.includes(said)) return "userunknown"
  return said ?? meant ?? "undefined"
}

/** 4 while trying again may help, else 5: as the status says, the server's answer, or the cause. */
function severity(status: string, words: string, isSoft = false) {
  const code = status[0] ?? /\b([45])\d\d[\s-]/.exec(words.slice(0, 4000))?.[1]
  return code ?? (isSoft ? "4" : "5")
}

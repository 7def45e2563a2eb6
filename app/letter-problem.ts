import type { Refusal } from "./models/mail/reply.server.ts"
import { filesTooLarge } from "./models/mail/reply-file.ts"
import type { Stop } from "./models/mail/seen.server.ts"
import { problem } from "./models/people/problem.ts"

/** Why the API did not write to a customer; `there` is what the case or mailbox was called in the call. */
export function letterProblem(refusal: Refusal | "no subject", there: string): Response {
  switch (refusal) {
    case "no such case":
    case "not your mailbox":
      return problem(404, "Not found", `There is no ${there}`)
    case "something new arrived":
    case "you replied meanwhile":
    case "you sent that already":
      return problem(409, "Something new arrived", "The case has a newer message than the one given as seen")
    case "files too large":
      return problem(413, "Too large", filesTooLarge)
    default:
      return problem(422, "Not sent", words[refusal])
  }
}

type Told = "no such case" | "not your mailbox" | "files too large" | Stop

const words: Record<Exclude<Refusal | "no subject", Told>, string> = {
  empty: "The text is empty",
  "too long": "The text is longer than 50,000 characters",
  "no subject": "The subject is empty",
  "not possible now": "The case is merged into another, or spam",
  "no recipient": "There is no customer to write to: it is nobody's address, or a mailbox of this desk",
  "bad address": "A recipient's address is none that mail can be sent to",
  "too many recipients": "A reply goes to at most 100 addresses",
  "a file is gone": "A file of the draft is no longer there",
}

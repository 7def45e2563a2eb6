/** Minutes until each next try; after the last it is hourly, until two days have passed (RFC 5321 4.5.4.1). */
const waits = [1, 5, 15, 60]
const giveUpAfter = 48 * 60

/** Minutes to wait after the given number of tries in vain, the last wait cut to end at 48 h; null: give up. */
export function nextWait(tries: number): number | null {
  const waitAfter = (n: number) => waits[Math.min(n, waits.length) - 1] ?? 0
  let passed = 0
  for (let n = 1; n < tries; n++) passed += Math.min(waitAfter(n), giveUpAfter - passed)
  return passed >= giveUpAfter ? null : Math.min(waitAfter(tries), giveUpAfter - passed)
}

/** How a try ended without a delivery, as the mail library tells it. */
export type Failure = {
  /** The library's name for it: EAUTH, ECONNECTION, ETIMEDOUT, ETLS, EENVELOPE … */
  code: string
  /** The server's three digits, where it gave an answer at all. */
  reply: number | null
  words: string
  /** The final dot had been handed to the connection: the server may have the mail. */
  dotWritten: boolean
  /** Nothing has spoken SMTP to us yet: what answered may be anything. */
  isUnmet?: true
}

/**
 * `again`: nothing was accepted, another try may do. `rest`: the same, and the server is left alone for a while, for it
 * is not there or asked for it (421). `refused`: it will never be. `pause`: our own sign-in is refused,
 * so no mail of this mailbox can leave. `unconfirmed`: only a person may send it again.
 */
export type Verdict = "again" | "rest" | "refused" | "pause" | "unconfirmed"

export function verdictOn({ code, reply, words, dotWritten }: Failure): Verdict {
  if (reply === null) return dotWritten ? "unconfirmed" : withoutAnswer(code)
  if (reply === 421) return "rest"
  if (code === "ETLS" || (reply >= 400 && reply < 500)) return "again"
  if (code === "EAUTH" || [530, 534, 535, 538].includes(reply)) return "pause"
  return isPermanent(reply, words) ? "refused" : "again"
}

/** Answers about the commands, not about the mail. */
const ofTheSession = [500, 502, 503, 504]

/** 503 speaks of the session, not of the mail; 552 for too many recipients is a 452 (RFC 5321 4.5.3.1.10). */
export function isPermanent(reply: number, words: string) {
  return reply >= 500 && reply < 600 && !ofTheSession.includes(reply) && !isTooMany(words)
}

/** The envelope names more people than the server takes at once: fewer may do (RFC 5321 4.5.3.1.10). */
export const isTooMany = (words: string) => /too many recipients|\b[45]\.5\.3\b/i.test(words)

/** Minutes a server is left alone after it refused us so many times running. */
export const restAfter = (refusals: number) => [1, 2, 5, 15][Math.min(refusals, 4) - 1] ?? 1

/** The library itself refused: an address no server takes, or a mail larger than the server said it takes. */
function withoutAnswer(code: string): Verdict {
  if (code === "EAUTH") return "pause"
  return code === "EENVELOPE" || code === "EMESSAGE" ? "refused" : "again"
}

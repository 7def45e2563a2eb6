import type { Fate } from "#db/tables/mail.ts"

/** Every fate a mail can have, in the order the ledger offers them. */
export const fates: readonly Fate[] = [
  "opened",
  "joined",
  "auto",
  "bounce",
  "complaint",
  "duplicate",
  "own",
  "spam",
  "held",
  "failed",
]

export const isFate = (text: string): text is Fate => fates.some((fate) => fate === text)

export const fateWords: Record<Fate, string> = {
  opened: "Opened a case",
  joined: "Joined a case",
  auto: "Automatic answer",
  bounce: "Came back",
  complaint: "Complaint",
  duplicate: "Came twice",
  own: "Our own mail",
  spam: "Spam",
  held: "Held",
  failed: "Could not be read",
}

/** Tries before a mail we stumble over becomes a case with the original attached. */
export const mostAttempts = 5

/** After so many readers that a mail has ended or hung, it is set aside at once. */
export const mostReadersEnded = 2

/** Seconds until the next try, after so many. */
export const pauseAfter = (attempts: number) => Math.min(2 ** attempts * 15, 3600)

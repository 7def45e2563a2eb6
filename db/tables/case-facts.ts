/** Who waits and what was put off or closed, as kept in a column. */
export type KeptFacts = { waitingSince: string | null; snoozedUntil: string | null; closedAt: string | null }

/** Something a mail brought besides words, shown as a chip. */
export type Mark = {
  kind: "signed" | "encrypted" | "invitation" | "winmail" | "partial" | "left on server"
  /** One line for the chip, such as "Invitation: Review, Tue 10 March 14:00". */
  words: string
}

/** What customers of the demo's company write about. Words in braces are filled in (fill-in.ts). */
export type Topic = {
  mailbox: "help" | "billing"
  /** How often it comes, against the others. */
  weight: number
  /** Keys of the cause book that a frown about it usually has, likeliest first. */
  causes: readonly string[]
  subjects: readonly string[]
  asks: readonly string[]
  answers: readonly string[]
}

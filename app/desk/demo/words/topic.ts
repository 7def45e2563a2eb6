/** What customers of the demo's company write about. Words in braces are filled in (fill-in.ts). */
export type Topic = {
  mailbox: "help" | "billing"
  /** How often it comes, against the others. */
  weight: number
  /** Keys of the cause book that a frown about it usually has, likeliest first. */
  causes: readonly string[]
  matters: readonly Matter[]
}

/** One question with its answer, under one of a few subjects. */
export type Matter = { subjects: readonly string[]; ask: string; answer: string }

export const matter = (subjects: string, ask: string, answer: string): Matter => ({
  subjects: subjects.split(" | "),
  ask,
  answer,
})

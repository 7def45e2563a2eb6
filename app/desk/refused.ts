/** A command that cannot be done as asked. Its message goes to stderr in one line, and the exit code is 1. */
export class Refused extends Error {}

/** What a verb answered, or its refusal thrown. */
export function unlessRefused<T extends object>(answer: T | { refused: string }): T {
  if ("refused" in answer && typeof answer.refused === "string") throw new Refused(answer.refused)
  return answer as T
}

/** The same words, however they were broken into lines or spaced. */
export const isSameText = (one: string, other: string) => withoutSpace(one) === withoutSpace(other)

/** Whether they are where the other words begin. */
export const isBeginningOf = (one: string, whole: string) => withoutSpace(whole).startsWith(withoutSpace(one))

const withoutSpace = (text: string) => text.replace(/\s/g, "")

/** Said by the same person this long ago or less, the same words again are a second press and not a second thought. */
const day = 24 * 3_600_000

/** Whether somebody is about to say what they said last. */
export const isRepeat = (text: string, last: { text: string; at: Date } | undefined, now: Date) =>
  last !== undefined && now.getTime() - last.at.getTime() < day && isSameText(text, last.text)

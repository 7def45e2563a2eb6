/** Longer than any answer, and short enough to be laid out at once, at each view of its case. */
export const longestReply = 50_000

/** A reply that left, by whom, and when the email it answers had come. */
export type AnsweredAt = { agentId: number; at: Date; cameAt: Date | null }

export type Handling = { minutes: number; gaps: number }

const longest = 30 * 60_000
const enough = 30

/**
 * Minutes an email takes: the mean time between one reply and the same person's next, where the next email already
 * waited when the first reply left, so that nobody was waiting for work. More than half an hour is a break and is left
 * out. Null with fewer than thirty such gaps.
 */
export function handlingOf(replies: readonly AnsweredAt[]): Handling | null {
  const people = [...new Set(replies.map(({ agentId }) => agentId))]
  const gaps = people.flatMap((one) => gapsOf(replies.filter(({ agentId }) => agentId === one)))
  const minutes = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length / 60_000
  return gaps.length < enough ? null : { minutes: Math.round(minutes * 10) / 10, gaps: gaps.length }
}

function gapsOf(own: readonly AnsweredAt[]) {
  const sorted = own.toSorted((a, b) => a.at.getTime() - b.at.getTime())
  return sorted.flatMap((reply, place) => {
    const before = sorted[place - 1]
    if (!before || !reply.cameAt || reply.cameAt > before.at) return []
    const gap = reply.at.getTime() - before.at.getTime()
    return gap > 0 && gap <= longest ? [gap] : []
  })
}

const minute = 60_000
const day = 24 * 60 * minute

type SessionFacts = { createdAt: Date; seenAt: Date; provedAt: Date }

/** Seven days without use or thirty days in all end a session. */
export const isLive = ({ createdAt, seenAt }: SessionFacts, now: Date) =>
  now.getTime() - seenAt.getTime() < 7 * day && now.getTime() - createdAt.getTime() < 30 * day

/** What matters (a password, a token, other people's accounts) wants the password typed within ten minutes. */
export const isFresh = ({ provedAt }: SessionFacts, now: Date) => now.getTime() - provedAt.getTime() < 10 * minute

/** Seen is written once a minute at most: a page has many requests. */
export const isWorthNoting = ({ seenAt }: Pick<SessionFacts, "seenAt">, now: Date) =>
  now.getTime() - seenAt.getTime() >= minute

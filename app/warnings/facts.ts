type Times = { count: number; since: string; said: string }

/** What the database knows that somebody may have to act on. Moments are ISO text. */
export type Facts = {
  /** `server`: `host:port` of a mailbox's own, '' the desk's. */
  deferred: (Times & { server: string; next: string; boxes: string[] })[]
  rests: { host: string; said: string }[]
  paused: (Times & { id: number; name: string })[]
  /** For want of a public address. */
  held: { count: number; since: string }[]
  failed: (Times & { id: number })[]
  unconfirmed: { count: number; since: string; id: number }[]
  refused: (Times & { server: string })[]
  fetched: {
    id: number
    name: string
    host: string
    pausedAt: string | null
    /** The last visit that went well. */
    seenAt: string | null
    setUpAt: string
    problemAt: string | null
    said: string
  }[]
  withheld: (Times & { id: number; name: string })[]
  unreadable: (Times & { case: number | null })[]
  notFiled: Times[]
  jobs: (Times & { kind: string; attempts: number })[]
  unsigned: { domain: string; since: string; said: string; box: number | null }[]
  rounds: { name: string; since: string; times: number; said: string }[]
  unread: string[]
}

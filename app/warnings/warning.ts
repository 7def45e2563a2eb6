/**
 * What may be wrong with a desk that runs, the worst first. `plain`: for whoever may not know names, such as a probe
 * without a token. `isFault`: mail does not come or go, or work is not done, until somebody does something.
 */
export const warningKinds = {
  "disk-full": { isFault: true, plain: () => "The disk is full, and mail is refused" },
  "work-waits": { isFault: true, plain: () => "Nobody does the work of the desk" },
  "work-fails": { isFault: true, plain: () => "A part of the desk's work fails again and again" },
  "outgoing-paused": { isFault: true, plain: (n: number) => `A mail server refuses our sign-in: ${waits(n)}` },
  "incoming-paused": {
    isFault: true,
    plain: () => "A mailbox elsewhere is not fetched any more: our sign-in is refused",
  },
  "server-away": { isFault: true, plain: (n: number) => `A mail server takes nothing at present: ${waits(n)}` },
  "server-refuses": { isFault: true, plain: (n: number) => `A mail server refused ${emails(n)} within an hour` },
  "incoming-away": { isFault: true, plain: () => "A mailbox elsewhere cannot be fetched" },
  "outgoing-held": {
    isFault: true,
    plain: (n: number) => `The desk has no public address for links to begin with: ${waits(n)}`,
  },
  "outgoing-failed": { isFault: false, plain: (n: number) => `${emails(n)} could not be sent` },
  "outgoing-unconfirmed": { isFault: false, plain: (n: number) => `${emails(n)} may or may not have arrived` },
  "outgoing-deferred": { isFault: false, plain: (n: number) => `A mail server put us off: ${waits(n)}` },
  "incoming-deferred": { isFault: false, plain: (n: number) => `${emails(n)} received could not be filed yet` },
  "incoming-withheld": { isFault: false, plain: (n: number) => `A mail server does not hand over ${emails(n)}` },
  "incoming-partly": {
    isFault: false,
    plain: () => "A mailbox elsewhere is fetched, but not all that was asked for is done there",
  },
  "incoming-unreadable": { isFault: false, plain: (n: number) => `${emails(n)} could not be read` },
  "job-fails": { isFault: false, plain: () => "Work in the background fails again and again" },
  "signing-off": { isFault: false, plain: () => "A key that signs mail is not published" },
  "setting-unreadable": { isFault: false, plain: () => "A setting cannot be read and counts as never set" },
  "disk-low": { isFault: false, plain: () => "The disk is almost full" },
} as const satisfies Record<string, { isFault: boolean; plain: (n: number) => string }>

export type WarningKind = keyof typeof warningKinds

export type Warning = {
  kind: WarningKind
  /** The mailbox, server or part it is about; with the kind it tells one from another. */
  about: string
  since: Date
  /** How many emails or other things. */
  count: number
  /** What is wrong, in one line. */
  line: string
  /** What is known of it, and what to do. */
  more: string
  /** Where it is mended. */
  to: string
}

const order = Object.keys(warningKinds)

export const worstFirst = (warnings: Warning[]) =>
  warnings.toSorted((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind) || +a.since - +b.since)

/** All of it, for who may know. */
export const wordsOf = ({ line, more }: Warning) => `${line}. ${more}`

/** Without names, addresses and what a server said. */
export const plainWords = ({ kind, count }: Warning) =>
  `${warningKinds[kind].plain(count)}. Settings, Warnings on the desk and "desk doctor" say more.`

export const emails = (n: number) => (n === 1 ? "1 email" : `${n} emails`)
export const waits = (n: number) => `${emails(n)} ${n === 1 ? "waits" : "wait"}`

/** A server's own words as part of a sentence. */
export const quoted = (said: string) => (said === "" ? "" : `“${said.slice(0, 200)}”`)

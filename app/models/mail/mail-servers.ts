/** By which server the mail of an open mailbox leaves, and where it is fetched from. */
export type MailServers = {
  id: number
  address: string
  /** `own`: typed in for this mailbox; `desk`: SMTP_URL; null: its mail is kept. */
  outgoing: { by: "own" | "desk"; server: string } | null
  incoming: { server: string } | null
  /** It waits, for its sign-in was refused. */
  isPaused: boolean
}

/** Where mail leaves, in one line for who starts the desk. Null: it does not. */
export function outgoingLine(boxes: readonly MailServers[]): string | null {
  const of = (by: "own" | "desk" | null) => boxes.filter(({ outgoing }) => (outgoing?.by ?? null) === by)
  const [desk] = of("desk")
  const ways = [
    ...(desk?.outgoing ? [`${desk.outgoing.server} (${mailboxes(of("desk").length)})`] : []),
    ...few(of("own").map(({ address, outgoing }) => `${address} through ${outgoing?.server}`)),
  ]
  if (ways.length === 0) return null
  const rest = [
    ...few(
      of(null).map(({ address }) => address),
      " kept",
    ),
    ...few(
      boxes.filter(({ isPaused }) => isPaused).map(({ address }) => address),
      " waits: its sign-in was refused",
    ),
  ]
  return [ways.join(", "), ...rest].join("; ")
}

const mailboxes = (count: number) => (count === 1 ? "1 mailbox" : `${count} mailboxes`)

/** All of a handful; of more, how many. */
function few(names: string[], after = ""): string[] {
  if (names.length <= 5) return names.map((name) => name + after)
  return [...names.slice(0, 4).map((name) => name + after), `${names.length - 4} more${after}`]
}

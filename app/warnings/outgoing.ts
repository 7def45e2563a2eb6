import type { Facts } from "./facts.ts"
import { emails, quoted, type Warning, waits } from "./warning.ts"

/** `deskServer`: what SMTP_URL names, as `host:port`; null: nothing leaves by it. */
export function outgoingWarnings(facts: Facts, deskServer: string | null): Warning[] {
  const nameOf = (server: string) => (server === "" ? (deskServer ?? "the desk's mail server") : server)
  const placeOf = (server: string) => (server === "" ? "SMTP_URL" : "Settings, Mailboxes, Outgoing mail")
  return [
    ...facts.paused.map((box) => paused(box)),
    ...facts.deferred.map((mail) => deferred(mail, nameOf(mail.server), isResting(facts, nameOf(mail.server)))),
    ...facts.refused.map(
      ({ server, count, since, said }): Warning => ({
        ...{ kind: "server-refuses", about: nameOf(server), since: new Date(since), count, to: "/sent?view=problems" },
        line: `${nameOf(server)} refused ${emails(count)} within an hour, more than it took`,
        more: `It last said ${quoted(said)}. Look at the account there and at ${placeOf(server)}; each email can be sent again under Sent mail.`,
      }),
    ),
    ...facts.held.map(
      ({ count, since }): Warning => ({
        ...{ kind: "outgoing-held", about: "", since: new Date(since), count, to: "/settings/address" },
        line: `${waits(count)}: the desk has no public address`,
        more: "Links in mail to customers must begin with one. Set it under Settings, Address, or as BASE_URL; then the mail goes by itself.",
      }),
    ),
    ...facts.failed.map(
      ({ count, since, said, id }): Warning => ({
        ...{ kind: "outgoing-failed", about: "", since: new Date(since), count },
        line: `${emails(count)} of the last 7 days could not be sent`,
        more: `The last answer was ${quoted(said) || "none"}. Under Sent mail each can be sent again; answering in its case or closing the case settles it as well.`,
        to: count === 1 ? `/sent/${id}` : "/sent?view=problems",
      }),
    ),
    ...facts.unconfirmed.map(
      ({ count, since, id }): Warning => ({
        ...{ kind: "outgoing-unconfirmed", about: "", since: new Date(since), count },
        line: `${emails(count)} may or may not have arrived`,
        more: "The connection ended before the server answered. Somebody has to say under Sent mail whether to send again.",
        to: count === 1 ? `/sent/${id}` : "/sent?view=problems",
      }),
    ),
  ]
}

function paused({ id, name, since, said, count }: Facts["paused"][number]): Warning {
  const isToken = /access token/i.test(said)
  return {
    ...{ kind: "outgoing-paused", about: name, since: new Date(since), count, to: `/settings/outgoing/${id}` },
    line: isToken
      ? `Mail of ${name} waits: its sign-in by OAuth cannot be renewed`
      : `Mail of ${name} waits: the mail server refuses our sign-in`,
    more: `It said ${quoted(said) || "nothing"}. ${count === 0 ? "" : `${waits(count)}, nothing is lost. `}Put the ${isToken ? "tokens" : "name and password"} right under Settings, Mailboxes, Outgoing mail (or in SMTP_URL), then let it go on.`,
  }
}

function deferred(mail: Facts["deferred"][number], server: string, isAway: boolean): Warning {
  const { since, count, said, boxes } = mail
  const ofBoxes = boxes.slice(0, 3).join(", ") + (boxes.length > 3 ? ` and ${boxes.length - 3} more` : "")
  const heard = said === "" ? "The desk itself fails on it, and the log says how" : `It said ${quoted(said)}`
  const more = `${heard}. They are of ${ofBoxes}, and are tried again by themselves for 48 hours from each one's sending.`
  const facts = { about: server, since: new Date(since), count, to: "/sent?view=waiting" }
  if (isAway)
    return {
      ...facts,
      kind: "server-away",
      line: `${server} takes no mail at present: ${waits(count)}`,
      more: `${more} Is it up, and is the way there open?`,
    }
  return { ...facts, kind: "outgoing-deferred", line: `${waits(count)} to be tried again at ${server}`, more }
}

const isResting = ({ rests }: Facts, server: string) => rests.some(({ host }) => host === server)

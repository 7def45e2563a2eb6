import type { Facts } from "./facts.ts"
import { emails, quoted, type Warning } from "./warning.ts"

/** Milliseconds: a server that hangs up now and then is met again before. */
const spell = 90_000

export function incomingWarnings(facts: Facts, now: Date): Warning[] {
  return [
    ...facts.fetched.flatMap((box) => fetched(box, facts, now) ?? []),
    ...facts.withheld.map(
      ({ id, name, count, since, said }): Warning => ({
        ...{ kind: "incoming-withheld", about: name, since: new Date(since), count, to: `/settings/incoming/${id}` },
        line: `${emails(count)} to ${name} cannot be fetched: the server does not hand ${count === 1 ? "it" : "them"} over`,
        more: `It says ${quoted(said)}. Look at ${count === 1 ? "it" : "them"} there with the provider's own program; the others come as ever, and every hour it is tried again.`,
      }),
    ),
    ...facts.unreadable.map(
      (mail): Warning => ({
        ...{ kind: "incoming-unreadable", about: "", since: new Date(mail.since), count: mail.count },
        line: `${emails(mail.count)} could not be read and ${mail.count === 1 ? "was" : "were"} set aside as a case`,
        more: `${mail.said}. The original is attached there: open it with a mail program, or try again from the mail ledger; closing the case settles it.`,
        to: mail.count === 1 && mail.case !== null ? `/cases/${mail.case}` : "/mail?fate=failed",
      }),
    ),
    ...facts.notFiled.map(
      ({ count, since, said }): Warning => ({
        ...{ kind: "incoming-deferred", about: "", since: new Date(since), count, to: "/mail" },
        line: `${emails(count)} received could not be filed yet`,
        more: `The last try ended with ${quoted(said)}. Each is kept as it came and tried again by itself; the log says more.`,
      }),
    ),
  ]
}

function fetched(box: Facts["fetched"][number], { withheld }: Facts, now: Date): Warning | null {
  const { id, name, host, said, pausedAt, seenAt, problemAt, setUpAt } = box
  const since = new Date(pausedAt ?? seenAt ?? problemAt ?? setUpAt)
  const facts = { about: name, since, count: 1, to: `/settings/incoming/${id}` }
  const told = `The last try ended with ${quoted(said)}.`
  if (pausedAt)
    return {
      ...{ ...facts, kind: "incoming-paused", line: `Mail to ${name} is not fetched: ${host} refuses our sign-in` },
      more: `${told} It is not tried again by itself; the mail waits there. Put the sign-in right under Settings, Mailboxes, Incoming mail.`,
    }
  // It was there and looked, and could not do all it was asked to.
  if (seenAt !== null && problemAt === seenAt) {
    if (withheld.some((one) => one.id === id)) return null
    return {
      ...{
        ...facts,
        kind: "incoming-partly",
        line: `Mail to ${name} is fetched, but ${host} does not do all that was asked`,
      },
      more: `${told} Look at the folder and what happens afterwards under Settings, Mailboxes, Incoming mail.`,
    }
  }
  if (seenAt !== null && now.getTime() - Date.parse(seenAt) < spell) return null
  return {
    ...{ ...facts, kind: "incoming-away", line: `Mail to ${name} cannot be fetched from ${host}` },
    more: `${told} It is tried again by itself, at the latest every five minutes; the mail waits there. Server, port and sign-in stand under Settings, Mailboxes, Incoming mail.`,
  }
}

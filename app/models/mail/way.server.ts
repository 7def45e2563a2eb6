import { and, eq, inArray, sql } from "drizzle-orm"
import { db, type Tx, ts } from "#db/connection.server.ts"
import { mailRecipients, mailToSend } from "#db/tables/mail.ts"
import { smtpAccounts, smtpHosts } from "#db/tables/ways.ts"
import { type Account, accountOf, serverOf } from "#emails/outgoing/account.ts"
import { restAfter } from "#emails/outgoing/failure.ts"
import { setting } from "../people/settings.server.ts"
import { type AccountRow, accountFrom } from "./smtp-account.server.ts"

/** By which server a mail leaves, to whom it still has to go, and whether that server is left alone for now. */
export type Way = {
  account: Account
  /** The mailbox's own server, with its limits; null: the desk's. */
  own: AccountRow | null
  waiting: string[]
  rest: { until: Date; words: string } | null
  /** The desk's public address; empty when it has none. */
  baseUrl: string
}

type MailRow = Pick<typeof mailToSend.$inferSelect, "id">

/** What was found about it in the database. */
export type Found = {
  own: AccountRow | null
  rest: typeof smtpHosts.$inferSelect | null
  waiting: string[]
  baseUrl: string
}

/** Null: there is no server for it, and it is kept. */
export function wayFrom({ own, rest, waiting, baseUrl }: Found, smtpUrl: string | null, now: () => Date): Way | null {
  const account = own ? accountFrom(own, now) : smtpUrl === null ? null : accountOf(smtpUrl)
  return account && { account, own, waiting, rest: rest && restOf(rest), baseUrl }
}

/** For each of the mails what its way depends on, in their order. */
export async function foundFor(mails: MailRow[], smtpUrl: string | null): Promise<Found[]> {
  if (mails.length === 0) return []
  const desks = smtpUrl === null ? "" : serverOf(accountOf(smtpUrl))
  const server = sql`coalesce(lower(${smtpAccounts.host}) || ':' || ${smtpAccounts.port}, ${desks})`
  const isWaiting = and(eq(mailRecipients.mailId, mailToSend.id), eq(mailRecipients.state, "waiting"))
  const baseUrl = await setting("web.baseUrl")
  const rows = await db
    .select({ id: mailToSend.id, address: mailRecipients.address, own: smtpAccounts, rest: smtpHosts })
    .from(mailToSend)
    .leftJoin(mailRecipients, isWaiting)
    .leftJoin(smtpAccounts, eq(smtpAccounts.mailboxId, mailToSend.mailboxId))
    .leftJoin(smtpHosts, eq(smtpHosts.host, server))
    .where(
      inArray(
        mailToSend.id,
        mails.map(({ id }) => id),
      ),
    )
    .orderBy(mailRecipients.id)
  return mails.map((mail) => {
    const mine = rows.filter(({ id }) => id === mail.id)
    const { own = null, rest = null } = mine[0] ?? {}
    return { own, rest, baseUrl, waiting: mine.flatMap(({ address }) => address ?? []) }
  })
}

const restOf = ({ restUntil: until, words }: typeof smtpHosts.$inferSelect) => ({ until, words })

/** It refused us once more: longer each time running. Refusals that come while it is already resting are of the same time. */
export async function letRest(tx: Tx, account: Account, words: string, now: Date) {
  const until = (refusals: number) => ts(new Date(now.getTime() + restAfter(refusals) * 60_000))
  const { restUntil, refusals } = smtpHosts
  const isResting = sql`${restUntil} > ${ts(now)}`
  await tx
    .insert(smtpHosts)
    .values({ host: serverOf(account), restUntil: new Date(now.getTime() + restAfter(1) * 60_000), words })
    .onConflictDoUpdate({
      target: smtpHosts.host,
      set: {
        refusals: sql`case when ${isResting} then ${refusals} else least(${refusals} + 1, 100) end`,
        restUntil: sql`case when ${isResting} then ${restUntil} when ${refusals} = 1 then ${until(2)}
          when ${refusals} = 2 then ${until(3)} else ${until(4)} end`,
        words,
      },
    })
}

/** It takes mail again. */
export async function endRest(tx: Tx, account: Account) {
  await tx.delete(smtpHosts).where(eq(smtpHosts.host, serverOf(account)))
}

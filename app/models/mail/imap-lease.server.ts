import { and, eq, getTableColumns, isNull, sql } from "drizzle-orm"
import { db } from "#db/connection.server.ts"
import { mailboxes } from "#db/tables/people.ts"
import { imapAccounts } from "#db/tables/ways.ts"
import { pgText } from "#emails/incoming/text.ts"
import type { ImapRow } from "./imap-account.server.ts"
import { tellAdmins } from "./notice.server.ts"

/** With the address of the mailbox it is fetched for. */
export type ImapAccount = ImapRow & { address: string }

const leasedUntil = sql`now() + interval '20 seconds'`

/** An account that nobody fetches at present, now this process's; by the database's clock. */
export async function claimAccount(lease: string): Promise<ImapAccount | null> {
  const free = sql`(select a.mailbox_id from imap_accounts a join mailboxes m on m.id = a.mailbox_id and m.closed_at is null
    where a.paused_at is null and (a.leased_until is null or a.leased_until < now())
    order by a.leased_until nulls first limit 1 for update of a skip locked)`
  const [claimed] = await db
    .update(imapAccounts)
    .set({ leasedBy: lease, leasedUntil })
    .where(eq(imapAccounts.mailboxId, free))
    .returning({
      ...getTableColumns(imapAccounts),
      address: sql<string>`(select address from mailboxes where id = ${imapAccounts.mailboxId})`,
    })
  return claimed ?? null
}

/** The account as it is now, held a while longer; null when it was changed, paused or taken, and this must end. */
export async function holdAccount(mailboxId: number, lease: string): Promise<ImapAccount | null> {
  const [held] = await db
    .update(imapAccounts)
    .set({ leasedUntil })
    .from(mailboxes)
    .where(
      and(
        mine(mailboxId, lease),
        isNull(imapAccounts.pausedAt),
        eq(mailboxes.id, imapAccounts.mailboxId),
        isNull(mailboxes.closedAt),
      ),
    )
    .returning({ ...getTableColumns(imapAccounts), address: mailboxes.address })
  return held ?? null
}

export async function letAccountGo(mailboxId: number, lease: string): Promise<void> {
  await db.update(imapAccounts).set({ leasedBy: null, leasedUntil: null }).where(mine(mailboxId, lease))
}

/** A visit went well; `problem` is what it could nevertheless not do. */
export async function noteVisit(mailboxId: number, lease: string, problem: string | null, now: Date): Promise<void> {
  const told = problem === null ? null : pgText(problem).slice(0, 500)
  await db
    .update(imapAccounts)
    .set({ seenAt: now, problem: told, problemAt: told === null ? null : now })
    .where(mine(mailboxId, lease))
}

/**
 * A visit failed. After `pausedAt` nothing is tried until a person says so, for a server locks who knocks too often;
 * the admins hear of that by mail.
 */
export async function noteProblem(
  account: Pick<ImapAccount, "mailboxId" | "address" | "host">,
  lease: string,
  problem: string,
  pausedAt: Date | null,
  now: Date,
) {
  const told = pgText(problem).slice(0, 500)
  await db.transaction(async (tx) => {
    const noted = await tx
      .update(imapAccounts)
      .set({ problem: told, problemAt: now, pausedAt })
      .where(mine(account.mailboxId, lease))
      .returning({ mailboxId: imapAccounts.mailboxId })
    if (noted.length > 0 && pausedAt !== null) await tellAdmins(tx, noticeOf(account, told), now)
  })
}

function noticeOf({ mailboxId, address, host }: Pick<ImapAccount, "mailboxId" | "address" | "host">, problem: string) {
  const text = [
    `The desk no longer fetches ${address} from ${host}. The last answer was:`,
    `> ${problem}`,
    "It is not tried again by itself. The mail waits on that server; mend the sign-in under Settings, Mailboxes, Incoming mail.",
  ]
  return { subject: `Mail to ${address} is not fetched`, text: text.join("\n\n"), key: `imap ${mailboxId}` }
}

const mine = (mailboxId: number, lease: string) =>
  and(eq(imapAccounts.mailboxId, mailboxId), eq(imapAccounts.leasedBy, lease))

import { and, eq, isNull } from "drizzle-orm"
import { db } from "#db/connection.server.ts"
import { mailboxes } from "#db/tables/people.ts"
import { imapAccounts, imapCursors } from "#db/tables/ways.ts"
import { seal, unseal } from "../people/sealed.server.ts"
import { type ImapForm, readImapForm } from "./imap-form.ts"

export type ImapRow = typeof imapAccounts.$inferSelect
export type ImapAccount = ImapRow & { address: string }
type Described = Omit<ImapAccount, "setUpAt">

/** What an account's secrets are sealed for. */
export const imapPurpose = "imap account"

/** The mailbox with its account elsewhere, if it has one, as a screen may show it: never with a secret. */
export async function imapSettings(mailboxId: number) {
  const [found] = await db
    .select({ box: { id: mailboxes.id, name: mailboxes.name, address: mailboxes.address }, account: imapAccounts })
    .from(mailboxes)
    .leftJoin(imapAccounts, eq(imapAccounts.mailboxId, mailboxes.id))
    .where(and(eq(mailboxes.id, mailboxId), isNull(mailboxes.closedAt)))
  if (!found) return null
  if (!found.account) return { box: found.box, account: null }
  const { sealed, leasedBy, leasedUntil, ...shown } = found.account
  return { box: found.box, account: { ...shown, hasSecret: sealed !== null } }
}

/** The account a form describes, with the secret it was given before unless a new one is typed. */
export async function accountFrom(form: ImapForm, mailboxId: number): Promise<Described | { refused: string }> {
  const [before] = await db
    .select({ address: mailboxes.address, account: imapAccounts })
    .from(mailboxes)
    .leftJoin(imapAccounts, eq(imapAccounts.mailboxId, mailboxes.id))
    .where(and(eq(mailboxes.id, mailboxId), isNull(mailboxes.closedAt)))
  if (!before) return { refused: "There is no such mailbox." }
  const read = readImapForm(form)
  if ("refused" in read) return read
  const { secret, ...typed } = read
  // A secret is for the server it was given for: moved to another, it would be told to whoever runs that.
  const kept = before.account && isSameDoor(before.account, typed) ? before.account.sealed : null
  const sealed = secret === null ? kept : seal(JSON.stringify(secret), imapPurpose)
  if (sealed === null) return { refused: "Type the password: it is needed for this server and user." }
  return { ...untried, ...typed, sealed, mailboxId, address: before.address }
}

const untried = { pausedAt: null, seenAt: null, problem: null, problemAt: null, leasedUntil: null, leasedBy: null }
const isSameDoor = (a: Door, b: Door) =>
  a.host === b.host && a.port === b.port && a.username === b.username && a.method === b.method
type Door = Pick<ImapRow, "host" | "port" | "username" | "method">

/** Sets a mailbox up to be fetched. On another server or folder it begins anew, with what comes from now on. */
export async function setImapAccount(account: Described, now: Date): Promise<void> {
  const { address: _, ...row } = account
  await db.transaction(async (tx) => {
    const [before] = await tx.select().from(imapAccounts).where(eq(imapAccounts.mailboxId, row.mailboxId)).for("update")
    const isSame = before !== undefined && isSameDoor(before, row) && before.folder === row.folder
    const begins = !isSame || before.fromStart !== row.fromStart
    if (begins) await tx.delete(imapCursors).where(eq(imapCursors.mailboxId, row.mailboxId))
    const set = { ...row, setUpAt: isSame ? before.setUpAt : now }
    await tx.insert(imapAccounts).values(set).onConflictDoUpdate({ target: imapAccounts.mailboxId, set })
  })
}

/** Its mail is no longer fetched; what was fetched stays. */
export async function dropImapAccount(mailboxId: number): Promise<void> {
  await db.delete(imapCursors).where(eq(imapCursors.mailboxId, mailboxId))
  await db.delete(imapAccounts).where(eq(imapAccounts.mailboxId, mailboxId))
}

/** The secret, to be used and never shown. */
export const secretOf = (account: Pick<ImapRow, "sealed">): unknown =>
  account.sealed === null ? null : JSON.parse(unseal(account.sealed, imapPurpose))

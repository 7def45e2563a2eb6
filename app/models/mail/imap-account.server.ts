import { eq } from "drizzle-orm"
import { db } from "#db/connection.server.ts"
import { imapAccounts, imapCursors, imapSetAside } from "#db/tables/ways.ts"
import type { ImapServer } from "#emails/incoming/imap.server.ts"
import { ImapTrouble } from "#emails/incoming/imap-trouble.ts"
import { isAtLeast, type Viewer } from "../people/agent.ts"
import { once } from "../people/idempotency.server.ts"
import { isStale, renew, Tokens } from "../people/oauth.server.ts"
import { seal, sealedElsewhere, unsealed } from "../people/sealed.server.ts"
import type { ImapForm } from "./imap-form.ts"
import { isSameSignIn } from "./smtp-account.ts"

export type ImapRow = typeof imapAccounts.$inferSelect

/** What secrets of this table are sealed for. */
const purpose = (mailboxId: number) => `imap account ${mailboxId}`

/** Where a mailbox is fetched from, without its secret; null: it is not. */
export async function imapOfMailbox(mailboxId: number) {
  const [row] = await db.select().from(imapAccounts).where(eq(imapAccounts.mailboxId, mailboxId))
  if (!row) return null
  const { sealed, leasedBy: _, leasedUntil: __, ...shown } = row
  return { ...shown, hasSecret: sealed !== null }
}

/**
 * Sets or changes it; whoever fetches it at present lets go and begins with what is new. On another server or folder
 * only what comes from now on is fetched.
 */
export async function changeImap(viewer: Viewer, mailboxId: number, form: ImapForm, now: Date) {
  if (!isAtLeast(viewer, "admin")) return "not yours" as const
  const { secret, ...plain } = form
  return once(viewer, "change incoming", async (tx) => {
    const [before] = await tx.select().from(imapAccounts).where(eq(imapAccounts.mailboxId, mailboxId)).for("update")
    const sealed = secret === null ? keptSecret(before, form) : seal(secret, purpose(mailboxId))
    if (sealed === null) return "no secret" as const
    const isSame = before !== undefined && isSameDoor(before, form) && before.folder === form.folder
    if (!isSame) await tx.delete(imapSetAside).where(eq(imapSetAside.mailboxId, mailboxId))
    if (!isSame || before.fromStart !== form.fromStart)
      await tx.delete(imapCursors).where(eq(imapCursors.mailboxId, mailboxId))
    const row = { ...untried, ...plain, mailboxId, sealed, setUpAt: isSame ? before.setUpAt : now }
    await tx.insert(imapAccounts).values(row).onConflictDoUpdate({ target: imapAccounts.mailboxId, set: row })
    return "changed" as const
  })
}

const untried = { pausedAt: null, seenAt: null, problem: null, problemAt: null, leasedUntil: null, leasedBy: null }

/** A stored password must not be sent to a server, a port or in a way that somebody typed in later. */
const keptSecret = (before: ImapRow | undefined, form: ImapForm) =>
  before && isSameSignIn(before, form) ? before.sealed : null

const isSameDoor = (before: ImapRow, form: ImapForm) =>
  (["host", "port", "username", "method"] as const).every((key) => before[key] === form[key])

/** Its mail is no longer fetched; what was fetched stays. */
export async function removeImap(viewer: Viewer, mailboxId: number) {
  if (!isAtLeast(viewer, "admin")) return "not yours" as const
  await once(viewer, "remove incoming", async (tx) => {
    await tx.delete(imapAccounts).where(eq(imapAccounts.mailboxId, mailboxId))
    await tx.delete(imapCursors).where(eq(imapCursors.mailboxId, mailboxId))
    await tx.delete(imapSetAside).where(eq(imapSetAside.mailboxId, mailboxId))
  })
  return "removed" as const
}

/** The server of an account, with the secret to sign in there. `refused`: a token it turned away. */
export async function serverOf(row: ImapRow, refused: string | null, now: Date): Promise<ImapServer> {
  const { mailboxId, host, port, security, username: user, method, sealed } = row
  if (sealed === null) throw new ImapTrouble("There is no password.", { isRefusedSignIn: true })
  const secret =
    method === "password"
      ? { pass: openedFor(mailboxId, sealed) }
      : { accessToken: await tokenFor(mailboxId, refused, now) }
  return { host, port, security, user, secret, isTyped: true }
}

function openedFor(mailboxId: number, sealed: Buffer): string {
  const secret = unsealed(sealed, purpose(mailboxId))
  if (secret === null) throw new ImapTrouble(`${sealedElsewhere}.`, { isRefusedSignIn: true })
  return secret
}

/** The access token, renewed before it ends or when it was refused. One renewal at a time: the row is held meanwhile. */
function tokenFor(mailboxId: number, refused: string | null, now: Date): Promise<string> {
  return db.transaction(async (tx) => {
    const [row] = await tx.select().from(imapAccounts).where(eq(imapAccounts.mailboxId, mailboxId)).for("update")
    if (!row?.sealed) throw new ImapTrouble("There is no access token.", { isRefusedSignIn: true })
    const tokens = Tokens.parse(JSON.parse(openedFor(mailboxId, row.sealed)))
    if (!isStale(tokens, refused, now)) return tokens.accessToken
    const fresh = await renew(tokens, now)
    if ("words" in fresh) throw new ImapTrouble(`${fresh.words}.`, { isRefusedSignIn: fresh.isFinal })
    const sealed = seal(JSON.stringify(fresh), purpose(mailboxId))
    await tx.update(imapAccounts).set({ sealed }).where(eq(imapAccounts.mailboxId, mailboxId))
    return fresh.accessToken
  })
}

import { eq } from "drizzle-orm"
import { db } from "#db/connection.server.ts"
import { smtpAccounts } from "#db/tables/ways.ts"
import { type Account, isThisMachine, type Login } from "#emails/outgoing/account.ts"
import type { Failure } from "#emails/outgoing/failure.ts"
import { isAtLeast, type Viewer } from "../people/agent.ts"
import { isLocalOrigin } from "../people/base-url.ts"
import { once } from "../people/idempotency.server.ts"
import { isStale, renew, Tokens } from "../people/oauth.server.ts"
import { seal, sealedElsewhere, unsealed } from "../people/sealed.server.ts"
import { setting } from "../people/settings.server.ts"
import { type AccountForm, isSameSignIn } from "./smtp-account.ts"

export type AccountRow = typeof smtpAccounts.$inferSelect

/** What secrets of this table are sealed for. */
const purpose = (mailboxId: number) => `smtp account ${mailboxId}`

/** A mailbox's own mail server as the transport takes it, its secret opened. */
export function accountFrom(row: AccountRow, now: () => Date): Account {
  const { host, port, security } = row
  return { host, port, security, login: loginFrom(row, now), isTyped: true }
}

function loginFrom(row: AccountRow, now: () => Date): Login | null {
  const { mailboxId, username: user, method, sealed } = row
  if (user === "" || sealed === null) return null
  if (method === "password") {
    const password = unsealed(sealed, purpose(mailboxId))
    return password === null ? { user, token: async () => lost } : { user, password }
  }
  return { user, token: (refused) => tokenFor(mailboxId, refused, now()) }
}

/** The access token, renewed before it ends or when it was refused. One renewal at a time: the row is held meanwhile. */
function tokenFor(mailboxId: number, refused: string | null, now: Date): Promise<{ token: string } | Failure> {
  return db.transaction(async (tx) => {
    const [row] = await tx.select().from(smtpAccounts).where(eq(smtpAccounts.mailboxId, mailboxId)).for("update")
    if (!row?.sealed) return unable("There is no access token", "EAUTH")
    const kept = unsealed(row.sealed, purpose(mailboxId))
    if (kept === null) return lost
    const tokens = Tokens.parse(JSON.parse(kept))
    if (!isStale(tokens, refused, now)) return { token: tokens.accessToken }
    const fresh = await renew(tokens, now)
    if ("words" in fresh) return unable(fresh.words, fresh.isFinal ? "EAUTH" : "EOAUTH2")
    const sealed = seal(JSON.stringify(fresh), purpose(mailboxId))
    await tx.update(smtpAccounts).set({ sealed }).where(eq(smtpAccounts.mailboxId, mailboxId))
    return { token: fresh.accessToken }
  })
}

const unable = (words: string, code: string): Failure => ({ code, reply: null, words, dotWritten: false })
/** As a sign-in that is refused: the mailbox waits for an admin. */
const lost = unable(sealedElsewhere, "EAUTH")

/** What a mailbox sends by, without its secret; null: by the desk's own server. */
export async function accountOfMailbox(mailboxId: number) {
  const [row] = await db.select().from(smtpAccounts).where(eq(smtpAccounts.mailboxId, mailboxId))
  if (!row) return null
  const { sealed, ...shown } = row
  return { ...shown, hasSecret: sealed !== null }
}

/** Whether mail of any mailbox leaves by a server of its own. */
export const hasOwnServer = async () => (await db.$count(smtpAccounts)) > 0

/** The row itself, for sending. */
export async function accountRow(mailboxId: number): Promise<AccountRow | null> {
  const [row] = await db.select().from(smtpAccounts).where(eq(smtpAccounts.mailboxId, mailboxId))
  return row ?? null
}

/** Sets or changes it. A secret left empty stays what it was, as long as all of the sign-in does. */
export async function changeAccount(viewer: Viewer, mailboxId: number, form: AccountForm) {
  if (!isAtLeast(viewer, "admin")) return "not yours" as const
  // Mail that leaves this machine carries links its reader must be able to open, as with SMTP_URL.
  const baseUrl = await setting("web.baseUrl")
  if (!isThisMachine(form.host) && (baseUrl === "" || isLocalOrigin(baseUrl))) return "no base url" as const
  const { secret, ...plain } = form
  return once(viewer, "change outgoing", async (tx) => {
    const [before] = await tx.select().from(smtpAccounts).where(eq(smtpAccounts.mailboxId, mailboxId)).for("update")
    const sealed = secret === null ? keptSecret(before, form) : seal(secret, purpose(mailboxId))
    if (form.username !== "" && sealed === null) return "no secret" as const
    const row = { ...plain, mailboxId, sealed: form.username === "" ? null : sealed }
    await tx.insert(smtpAccounts).values(row).onConflictDoUpdate({ target: smtpAccounts.mailboxId, set: row })
    return "changed" as const
  })
}

/** A stored password must not be sent to a server, a port or in a way that somebody typed in later. */
const keptSecret = (before: AccountRow | undefined, form: AccountForm) =>
  before && isSameSignIn(before, form) ? before.sealed : null

export async function removeAccount(viewer: Viewer, mailboxId: number) {
  if (!isAtLeast(viewer, "admin")) return "not yours" as const
  return once(viewer, "remove outgoing", async (tx) => {
    await tx.delete(smtpAccounts).where(eq(smtpAccounts.mailboxId, mailboxId))
    return "removed" as const
  })
}

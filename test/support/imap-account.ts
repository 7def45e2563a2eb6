import { eq } from "drizzle-orm"
import { accountFrom, type ImapAccount, setImapAccount } from "#app/models/mail/imap-account.server.ts"
import type { ImapForm } from "#app/models/mail/imap-form.ts"
import { db } from "#db/connection.server.ts"
import { imapAccounts, imapCursors } from "#db/tables/ways.ts"
import { help, noon } from "#test/fixtures/desk.ts"
import { password } from "./dovecot.ts"

/** What an admin types to have help fetched from this machine. */
export const typed = (port: number, more: Partial<ImapForm> = {}): ImapForm => ({
  ...{ host: "127.0.0.1", port: String(port), security: "none", username: help.address, method: "password", password },
  ...{ accessToken: "", refreshToken: "", clientId: "", clientSecret: "", tokenUrl: "" },
  ...{ folder: "INBOX", afterwards: "leave", moveTo: "", fromStart: "on" },
  ...more,
})

/** Sets help up to be fetched, as the settings page does. */
export async function fetchHelp(port: number, more: Partial<ImapForm> = {}, now = noon): Promise<ImapAccount> {
  const account = await accountFrom(typed(port, more), help.id)
  if ("refused" in account) throw new Error(account.refused)
  await setImapAccount(account, now)
  return accountNow()
}

export async function accountNow(): Promise<ImapAccount> {
  const [row] = await db.select().from(imapAccounts).where(eq(imapAccounts.mailboxId, help.id))
  if (!row) throw new Error("help is not fetched")
  return { ...row, address: help.address }
}

export const marks = () => db.select().from(imapCursors)

import { eq } from "drizzle-orm"
import { changeImap } from "#app/models/mail/imap-account.server.ts"
import { type ImapTyped, imapFormFrom } from "#app/models/mail/imap-form.ts"
import type { ImapAccount } from "#app/models/mail/imap-lease.server.ts"
import { db } from "#db/connection.server.ts"
import { imapAccounts, imapCursors } from "#db/tables/ways.ts"
import { help, ida, noon } from "#test/fixtures/desk.ts"
import { password } from "./dovecot.ts"
import { viewer } from "./viewer.ts"

/** What an admin types to have help fetched from this machine. */
export const typed = (port: number, more: Partial<ImapTyped> = {}): ImapTyped => ({
  ...{ host: "127.0.0.1", port: String(port), security: "none", username: help.address, method: "password", password },
  ...{ accessToken: "", refreshToken: "", clientId: "", clientSecret: "", tokenUrl: "" },
  ...{ folder: "INBOX", afterwards: "leave", moveTo: "", fromStart: "on" },
  ...more,
})

/** Sets help up to be fetched, as the settings page does. */
export async function fetchHelp(port: number, more: Partial<ImapTyped> = {}, now = noon): Promise<ImapAccount> {
  const form = imapFormFrom(typed(port, more))
  if ("words" in form) throw new Error(`${form.field}: ${form.words}`)
  const done = await changeImap(viewer(ida), help.id, form, now)
  if (done !== "changed") throw new Error(done)
  return accountNow()
}

export async function accountNow(): Promise<ImapAccount> {
  const [row] = await db.select().from(imapAccounts).where(eq(imapAccounts.mailboxId, help.id))
  if (!row) throw new Error("help is not fetched")
  return { ...row, address: help.address }
}

export const marks = () => db.select().from(imapCursors)

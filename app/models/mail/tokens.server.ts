import { eq } from "drizzle-orm"
import { db } from "#db/connection.server.ts"
import { imapAccounts } from "#db/tables/ways.ts"
import type { ImapServer } from "#emails/incoming/imap.server.ts"
import { ImapTrouble } from "#emails/incoming/imap-trouble.ts"
import { seal } from "../people/sealed.server.ts"
import { type ImapAccount, imapPurpose, secretOf } from "./imap-account.server.ts"
import { mayAsk } from "./imap-form.ts"
import { isStale, isTokens, renewedTokens, type Tokens } from "./tokens.ts"

type SignIn = Pick<ImapAccount, "mailboxId" | "host" | "port" | "security" | "username" | "sealed">

/** An account as the mail library wants it, its access token renewed when its time is up or the last one was refused. */
export async function serverOf(account: SignIn, refusals: number, now: Date): Promise<ImapServer> {
  const { host, port, security, username: user } = account
  const secret = secretOf(account)
  if (!isTokens(secret)) return { host, port, security, user, secret: { pass: passOf(secret) } }
  const isDue = isStale(secret, now) || (refusals > 0 && secret.refreshToken !== undefined)
  const tokens = isDue ? await renew(account, secret, now) : secret
  return { host, port, security, user, secret: { accessToken: tokens.accessToken } }
}

const passOf = (secret: unknown) => String(Object(secret).pass ?? "")

async function renew({ mailboxId, sealed }: SignIn, tokens: Tokens, now: Date): Promise<Tokens> {
  const fresh = renewedTokens(tokens, await ask(tokens), now)
  if (!fresh) throw new ImapTrouble("The token server gave no access token.")
  // Over the one it came from only: an account changed meanwhile keeps what it was changed to.
  const row = await db
    .select({ sealed: imapAccounts.sealed })
    .from(imapAccounts)
    .where(eq(imapAccounts.mailboxId, mailboxId))
  if (sealed && row[0]?.sealed?.equals(sealed))
    await db
      .update(imapAccounts)
      .set({ sealed: seal(JSON.stringify(fresh), imapPurpose) })
      .where(eq(imapAccounts.mailboxId, mailboxId))
  return fresh
}

/** RFC 6749 section 6. */
async function ask({ refreshToken = "", clientId = "", clientSecret = "", tokenUrl = "" }: Tokens): Promise<unknown> {
  if (!mayAsk(tokenUrl)) throw new ImapTrouble("Tokens are renewed at an address that begins with https:// only.")
  const body = new URLSearchParams({ grant_type: "refresh_token", refresh_token: refreshToken, client_id: clientId })
  if (clientSecret) body.set("client_secret", clientSecret)
  const asked = { method: "POST", body, redirect: "error", signal: AbortSignal.timeout(20_000) } as const
  const answer = await fetch(tokenUrl, asked).catch(() => {
    throw new ImapTrouble("The token server did not answer.")
  })
  const said: unknown = await answer.json().catch(() => null)
  if (answer.ok) return said
  const { error_description, error } = Object(said)
  const words = String(error_description ?? error ?? `status ${answer.status}`).slice(0, 200)
  // A grant that was withdrawn stays so; a server in trouble does not.
  throw new ImapTrouble(`The token server refused: ${words}`, { isRefusedSignIn: answer.status < 500 })
}

import { z } from "zod"

/** What is kept, sealed, to sign in somewhere with OAuth 2; with the last four an access token is renewed by itself. */
export const Tokens = z.object({
  accessToken: z.string(),
  refreshToken: z.string().optional(),
  clientId: z.string().optional(),
  clientSecret: z.string().optional(),
  tokenUrl: z.string().optional(),
  /** ISO; unset: until the server refuses it. */
  expiresAt: z.string().optional(),
})
export type Tokens = z.infer<typeof Tokens>

/** `isFinal`: no waiting helps, somebody must sign in anew. */
export type NotRenewed = { words: string; isFinal: boolean }

const patience = 10_000
/** A token about to end may end on the way. */
const early = 5 * 60_000

const Granted = z.object({
  access_token: z.string().min(1).max(20_000),
  refresh_token: z.string().max(20_000).optional(),
  expires_in: z.coerce.number().positive().optional(),
})

/** Whether the token at hand should not be tried any more. `refused`: one a server has turned away. */
export function isStale({ accessToken, expiresAt }: Tokens, refused: string | null, now: Date) {
  const endsSoon = expiresAt !== undefined && Date.parse(expiresAt) - early <= now.getTime()
  return accessToken === "" || accessToken === refused || endsSoon
}

/** A fresh access token for the refresh token (RFC 6749 section 6). */
export async function renew(tokens: Tokens, now: Date): Promise<Tokens | NotRenewed> {
  const { refreshToken, tokenUrl } = tokens
  if (!refreshToken || !tokenUrl)
    return { words: "The access token is refused or over, and there is nothing to renew it with", isFinal: true }
  if (!mayAsk(tokenUrl)) return { words: "The address to renew the access token at is not https", isFinal: true }
  const answer = await ask(tokenUrl, formFor(tokens, refreshToken))
  if ("words" in answer) return answer
  const granted = Granted.safeParse(answer.body)
  if (!granted.success) return { words: refusalIn(answer.status, answer.body), isFinal: isOver(answer.status) }
  const { access_token: accessToken, refresh_token: next, expires_in: seconds } = granted.data
  const expiresAt = seconds === undefined ? undefined : new Date(now.getTime() + seconds * 1000).toISOString()
  const { expiresAt: _old, ...rest } = tokens
  return { ...rest, accessToken, refreshToken: next ?? refreshToken, ...(expiresAt ? { expiresAt } : {}) }
}

/** Encrypted, or on this very machine. */
export function mayAsk(tokenUrl: string) {
  if (!URL.canParse(tokenUrl)) return false
  const { protocol, hostname } = new URL(tokenUrl)
  return protocol === "https:" || (protocol === "http:" && /^(localhost|127\.[\d.]+|\[::1\])$/.test(hostname))
}

function formFor({ clientId, clientSecret }: Tokens, refreshToken: string) {
  return new URLSearchParams({
    grant_type: "refresh_token",
    refresh_token: refreshToken,
    ...(clientId ? { client_id: clientId } : {}),
    ...(clientSecret ? { client_secret: clientSecret } : {}),
  })
}

async function ask(tokenUrl: string, form: URLSearchParams): Promise<{ status: number; body: unknown } | NotRenewed> {
  try {
    const answer = await fetch(tokenUrl, {
      method: "POST",
      body: form,
      headers: { Accept: "application/json" },
      redirect: "error",
      signal: AbortSignal.timeout(patience),
    })
    const text = (await answer.text()).slice(0, 100_000)
    return { status: answer.status, body: text.startsWith("{") ? JSON.parse(text) : null }
  } catch {
    // Not there, too slow, or no JSON: later it may be.
    return { words: "The access token could not be renewed: no answer to be read", isFinal: false }
  }
}

/** Only the server's short error word is told: the rest of an answer may hold what nobody should read. */
function refusalIn(status: number, body: unknown) {
  const { error } = Object(body)
  const word = typeof error === "string" && /^[\w.-]{1,60}$/.test(error) ? ` (${error})` : ""
  return `The access token could not be renewed: the server answered ${status}${word}`
}

const isOver = (status: number) => status === 400 || status === 401 || status === 403

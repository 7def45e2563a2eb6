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

export const tokenPatience = 10_000
const mostBytes = 64 * 1024
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
  if (!granted.success) return refusalIn(answer.status, answer.body)
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

/** A token endpoint's answer is a small JSON object (RFC 6749 5.1); whatever is not one is no answer. */
async function ask(tokenUrl: string, form: URLSearchParams): Promise<{ status: number; body: object } | NotRenewed> {
  try {
    const answer = await fetch(tokenUrl, {
      method: "POST",
      body: form,
      headers: { Accept: "application/json" },
      redirect: "error",
      signal: AbortSignal.timeout(tokenPatience),
    })
    const body: unknown = JSON.parse(await textOf(answer))
    return isObject(body) ? { status: answer.status, body } : noAnswer
  } catch {
    // Not there, too slow, too much, or no JSON: later it may be.
    return noAnswer
  }
}

export const noTokenAnswer = "The access token could not be renewed: the token server gave no usable answer"
const noAnswer: NotRenewed = { words: noTokenAnswer, isFinal: false }
const isObject = (body: unknown): body is object => typeof body === "object" && body !== null && !Array.isArray(body)

/** As it comes, unpacked, and no more of it than an answer may be. */
async function textOf({ body }: Response): Promise<string> {
  const reader = body?.getReader()
  const chunks: Uint8Array[] = []
  let size = 0
  for (let next = await reader?.read(); next && !next.done; next = await reader?.read()) {
    size += next.value.length
    chunks.push(next.value)
    if (size > mostBytes) {
      await reader?.cancel()
      return ""
    }
  }
  return Buffer.concat(chunks).toString("utf8")
}

/**
 * Why, by the word the standards have for it (RFC 6749 5.2, OpenID Connect Core 3.1.2.6). Anything else may be the answer
 * of something that is no token endpoint, and nobody's to read.
 */
function refusalIn(status: number, body: object): NotRenewed {
  const error = "error" in body && typeof body.error === "string" ? body.error : ""
  if (!reasons.has(error)) return { ...noAnswer, isFinal: isOver(status) }
  return {
    words: `The access token could not be renewed: the server answered ${status} (${error})`,
    isFinal: isOver(status),
  }
}

const reasons = new Set([
  ...["invalid_request", "invalid_client", "invalid_grant", "unauthorized_client", "unsupported_grant_type"],
  ...["invalid_scope", "access_denied", "server_error", "temporarily_unavailable", "slow_down"],
  ...["interaction_required", "login_required", "consent_required", "account_selection_required"],
])

const isOver = (status: number) => status === 400 || status === 401 || status === 403

/** OAuth 2 tokens of an account elsewhere, as they are sealed. */
export type Tokens = {
  accessToken: string
  refreshToken?: string
  clientId?: string
  clientSecret?: string
  tokenUrl?: string
  /** ISO; left out: it is used until it is refused. */
  expiresAt?: string
}

const aMinute = 60_000

/** Whether to ask for a new one before it is used. */
export function isStale({ accessToken, refreshToken, expiresAt }: Tokens, now: Date) {
  if (!refreshToken) return false
  return accessToken === "" || (expiresAt !== undefined && new Date(expiresAt).getTime() - now.getTime() < aMinute)
}

export function isTokens(secret: unknown): secret is Tokens {
  return typeof secret === "object" && secret !== null && "accessToken" in secret
}

/** What a token endpoint answered (RFC 6749 5.1) laid over what was known; null when it gave none. */
export function renewedTokens(before: Tokens, answer: unknown, now: Date): Tokens | null {
  const { access_token, refresh_token, expires_in } = Object(answer)
  if (typeof access_token !== "string" || access_token === "") return null
  const { expiresAt: _, ...kept } = before
  const seconds = Number(expires_in)
  return {
    ...kept,
    accessToken: access_token,
    ...(typeof refresh_token === "string" ? { refreshToken: refresh_token } : {}),
    ...(seconds > 0 ? { expiresAt: new Date(now.getTime() + seconds * 1000).toISOString() } : {}),
  }
}

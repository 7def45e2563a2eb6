/** Over https the name binds the cookie to this host and to https; a browser refuses that name over plain http. */
const nameFor = (url: string) => (url.startsWith("https:") ? "__Host-desk" : "desk")

const longest = 30 * 24 * 3600

/** The session token a request carries, if it carries one. */
export function sessionToken(request: Request): string | null {
  const name = nameFor(request.url)
  for (const part of (request.headers.get("cookie") ?? "").split(";")) {
    const [key, value] = part.trim().split("=")
    if (key === name && value && /^[\w-]{43}$/.test(value)) return value
  }
  return null
}

/** Lax, not Strict, so that a link in a mail opens signed in. The server ends it after seven idle days. */
export function sessionCookie(request: Request, token: string): string {
  const [name, secure] = [nameFor(request.url), request.url.startsWith("https:") ? " Secure;" : ""]
  return `${name}=${token}; Path=/;${secure} HttpOnly; SameSite=Lax; Max-Age=${token === "" ? 0 : longest}`
}

/** Over https the name binds the cookie to this host and to https; a browser refuses that name over plain http. */
const nameFor = (url: string, name: string) => (url.startsWith("https:") ? `__Host-${name}` : name)

const longest = 30 * 24 * 3600

/** The session token a request carries, if it carries one. */
export function sessionToken(request: Request): string | null {
  const value = cookieNamed(request, "desk")
  return value !== null && /^[\w-]{43}$/.test(value) ? value : null
}

/** Lax, not Strict, so that a link in a mail opens signed in. The server ends it after seven idle days. */
export const sessionCookie = (request: Request, token: string) =>
  setCookie(request, "desk", token, token === "" ? 0 : longest)

export function cookieNamed(request: Request, name: string): string | null {
  const full = nameFor(request.url, name)
  for (const part of (request.headers.get("cookie") ?? "").split(";")) {
    const [key, value] = part.trim().split("=")
    if (key === full && value) return value
  }
  return null
}

export function setCookie(request: Request, name: string, value: string, seconds: number): string {
  const secure = request.url.startsWith("https:") ? " Secure;" : ""
  return `${nameFor(request.url, name)}=${value}; Path=/;${secure} HttpOnly; SameSite=Lax; Max-Age=${seconds}`
}

import { isThisMachine } from "#emails/outgoing/account.ts"
import { canonicalDomain } from "../people/domain.ts"
import { addressFrom } from "../people/network.ts"

export type Security = "tls" | "starttls" | "none"

/** A mailbox's own mail server as an admin typed it, understood. */
export type AccountForm = {
  host: string
  port: number
  security: Security
  username: string
  method: "password" | "oauth2"
  /** The password, or the tokens as JSON; null: as it was. */
  secret: string | null
  perMinute: number | null
  perDay: number | null
}

export const typedFields = [
  "host",
  "port",
  "security",
  "username",
  "method",
  "password",
  "accessToken",
  "refreshToken",
  "clientId",
  "clientSecret",
  "tokenUrl",
  "perMinute",
  "perDay",
] as const
export type Typed = Record<(typeof typedFields)[number], string>
/** A secret is never sent back to a page. */
export const noSecrets = { password: "", accessToken: "", refreshToken: "", clientSecret: "" }
export type Wrong = { field: keyof Typed; words: string }

/** Limits the big providers are known for. */
export const presets = [
  { name: "Gmail", host: "smtp.gmail.com", port: 465, security: "tls", perMinute: null, perDay: 2000 },
  { name: "Microsoft 365", host: "smtp.office365.com", port: 587, security: "starttls", perMinute: 30, perDay: 10_000 },
] as const

/** Reads the form, or says which field cannot be and why. */
export function accountFormFrom(typed: Typed): AccountForm | Wrong {
  const host = hostFrom(typed.host)
  const security = securityFrom(typed.security)
  const [port, perMinute, perDay] = [
    count(typed.port, 65_535),
    count(typed.perMinute, 100_000),
    count(typed.perDay, 1e7),
  ]
  const username = typed.username.trim()
  const method = typed.method === "oauth2" ? "oauth2" : "password"
  if (host === null) return { field: "host", words: "This must be a host name such as smtp.example.com" }
  if (!port) return { field: "port", words: "This must be a port from 1 to 65535" }
  if (security === null) return { field: "security", words: "Choose one of these" }
  if (security === "none" && !isThisMachine(host))
    return { field: "security", words: "Without encryption only for a server on this very machine" }
  if (isControlled(username) || username.length > 320) return { field: "username", words: "This cannot be a name" }
  if (perMinute === undefined) return { field: "perMinute", words: "This must be a whole number, or empty" }
  if (perDay === undefined) return { field: "perDay", words: "This must be a whole number, or empty" }
  const secret = method === "oauth2" ? tokensFrom(typed) : passwordFrom(typed.password)
  if (secret !== null && typeof secret !== "string") return secret
  return { host, port, security, username, method, secret, perMinute, perDay }
}

type SignIn = Pick<AccountForm, "host" | "port" | "security" | "username" | "method">

/** Whether a secret would still go where it went before, as well protected and under the same name. */
export const isSameSignIn = (before: SignIn, now: SignIn) =>
  (["host", "port", "security", "username", "method"] as const).every((key) => before[key] === now[key])

/** A name or an address of a machine, in the form DNS has; null for what is none. */
export function hostFrom(text: string): string | null {
  return addressFrom(text.trim()) ?? canonicalDomain(text.trim())
}

function securityFrom(text: string): Security | null {
  return text === "tls" || text === "starttls" || text === "none" ? text : null
}

/** Null: left empty. Undefined: no such number. */
function count(text: string, most: number): number | null | undefined {
  if (text.trim() === "") return null
  return /^\s*\d{1,8}\s*$/.test(text) && Number(text) >= 1 && Number(text) <= most ? Number(text) : undefined
}

function passwordFrom(password: string): string | null | Wrong {
  if (isControlled(password) || password.length > 1000) return { field: "password", words: "This cannot be a password" }
  return password === "" ? null : password
}

/** What the desk keeps of an OAuth 2 sign-in (people/oauth.server.ts); null when nothing was typed. */
function tokensFrom(typed: Typed): string | null | Wrong {
  const names = ["accessToken", "refreshToken", "clientId", "clientSecret", "tokenUrl"] as const
  const given = Object.fromEntries(names.flatMap((name) => (typed[name].trim() ? [[name, typed[name].trim()]] : [])))
  if (Object.keys(given).length === 0) return null
  for (const name of names)
    if (/[^\x21-\x7e]/.test(given[name] ?? "") || (given[name] ?? "").length > 8000)
      return { field: name, words: "This cannot be one" }
  if (given.tokenUrl && !isTokenUrl(given.tokenUrl))
    return { field: "tokenUrl", words: "This must be an https address" }
  if (!given.accessToken && !(given.refreshToken && given.tokenUrl))
    return { field: "accessToken", words: "Give an access token, or a refresh token and where it is used" }
  return JSON.stringify({ accessToken: "", ...given })
}

/** Encrypted, or on this very machine. */
function isTokenUrl(text: string) {
  if (!URL.canParse(text)) return false
  const { protocol, hostname, username } = new URL(text)
  if (username !== "") return false
  return protocol === "https:" || (protocol === "http:" && isThisMachine(hostname.replace(/^\[|\]$/g, "")))
}

const isControlled = (text: string) => /\p{Cc}/u.test(text)

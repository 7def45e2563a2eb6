import type { Failure } from "./failure.ts"

/** A mail server mail leaves by, and how the desk signs in there. */
export type Account = {
  host: string
  /** Null: the usual one. */
  port: number | null
  /** `tls` from the first byte, `starttls` before anything is said, `none` on this machine only. */
  security: "tls" | "starttls" | "none"
  login: Login | null
  /** Typed in on a page: inside our own network only a mail server is told of, whatever else answers. */
  isTyped?: true
}

export type Login =
  | { user: string; password: string }
  /** An OAuth 2 access token (XOAUTH2); asked again with the one that was refused. */
  | { user: string; token: (refused: string | null) => Promise<{ token: string } | Failure> }

/** What SMTP_URL says. Beyond this machine `smtp:` means STARTTLS: clear text is never spoken there. */
export function accountOf(smtpUrl: string): Account {
  const url = new URL(smtpUrl)
  const host = url.hostname.replace(/^\[|\]$/g, "")
  const user = decodeURIComponent(url.username)
  return {
    host,
    port: url.port ? Number(url.port) : null,
    security: url.protocol === "smtps:" ? "tls" : isThisMachine(host) ? "none" : "starttls",
    login: user === "" ? null : { user, password: decodeURIComponent(url.password) },
  }
}

/** By the names that cannot mean another one. */
export const isThisMachine = (host: string) =>
  host === "localhost" || host === "::1" || /^127(?:\.\d{1,3}){3}$/.test(host)

/** Where connections are counted and rests are kept: one server, whoever signs in there. */
export const serverOf = ({ host, port, security }: Account) =>
  `${host.toLowerCase()}:${port ?? (security === "tls" ? 465 : 587)}`

import type { Tokens } from "./tokens.ts"

/** What a person types to have a mailbox fetched. */
export type ImapForm = {
  host: string
  port: string
  security: string
  username: string
  method: string
  password: string
  accessToken: string
  refreshToken: string
  clientId: string
  clientSecret: string
  tokenUrl: string
  folder: string
  afterwards: string
  moveTo: string
  fromStart: string
}

export type ImapSecret = { pass: string } | Tokens

type Read = {
  host: string
  port: number
  security: "tls" | "starttls" | "none"
  username: string
  method: "password" | "oauth2"
  /** Null: nothing was typed, the one it has stays. */
  secret: ImapSecret | null
  folder: string
  afterwards: "leave" | "flag" | "move"
  moveTo: string | null
  fromStart: boolean
}

const securities = ["tls", "starttls", "none"] as const
const afterwards = ["leave", "flag", "move"] as const

/** The form understood, or the one thing to mend in it. */
export function readImapForm(form: ImapForm): Read | { refused: string } {
  const host = form.host.trim().toLowerCase()
  const port = Number(form.port)
  const security = securities.find((one) => one === form.security)
  const after = afterwards.find((one) => one === form.afterwards)
  const folder = form.folder.trim() || "INBOX"
  const moveTo = form.moveTo.trim()
  if (!/^[a-z0-9](?:[a-z0-9.:-]*[a-z0-9])?$/.test(host))
    return { refused: "The server needs a name, such as imap.example.com." }
  if (!Number.isInteger(port) || port < 1 || port > 65535) return { refused: "The port is a number from 1 to 65535." }
  if (!security || !after) return { refused: "Choose how the connection is secured, and what becomes of a mail." }
  if (security === "none" && !isThisMachine(host))
    return { refused: "Without TLS the password could be read on the way. That is allowed on this machine only." }
  if (form.username.trim() === "") return { refused: "The server needs a user to sign in, often the address." }
  if (after === "move" && moveTo === "") return { refused: "Say which folder a fetched mail is moved to." }
  if (after === "move" && moveTo === folder)
    return { refused: "A mail cannot be moved to the folder it is fetched from." }
  const secret = form.method === "oauth2" ? tokensFrom(form) : passwordFrom(form)
  if (secret && "refused" in secret) return secret
  return {
    ...{ host, port, security, username: form.username.trim(), secret, folder },
    method: form.method === "oauth2" ? "oauth2" : "password",
    ...{ afterwards: after, moveTo: after === "move" ? moveTo : null, fromStart: form.fromStart === "on" },
  }
}

const passwordFrom = ({ password }: ImapForm) => (password === "" ? null : { pass: password })

function tokensFrom(form: ImapForm): Tokens | null | { refused: string } {
  const typed = [form.accessToken, form.refreshToken, form.clientId, form.clientSecret, form.tokenUrl]
  const [accessToken = "", refreshToken = "", clientId = "", clientSecret = "", tokenUrl = ""] = typed.map((one) =>
    one.trim(),
  )
  if (accessToken === "" && refreshToken === "") return null
  if (refreshToken !== "" && !mayAsk(tokenUrl))
    return { refused: "With a refresh token, say where it is used: an address that begins with https://." }
  const renewal = refreshToken === "" ? {} : { refreshToken, clientId, clientSecret, tokenUrl }
  return { accessToken, ...renewal }
}

/** Tokens are told to nobody in clear, save on this machine. */
export function mayAsk(url: string) {
  if (!URL.canParse(url)) return false
  const { protocol, hostname } = new URL(url)
  return protocol === "https:" || (protocol === "http:" && isThisMachine(hostname))
}

const isThisMachine = (host: string) => /^(localhost|127(\.\d{1,3}){3}|\[?::1\]?)$/.test(host)

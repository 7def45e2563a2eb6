import { type AccountForm, accountFormFrom, type Typed } from "./smtp-account.ts"

export const imapFields = [
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
  "folder",
  "afterwards",
  "moveTo",
  "fromStart",
] as const
export type ImapTyped = Record<(typeof imapFields)[number], string>
export type ImapWrong = { field: keyof ImapTyped | keyof Typed; words: string }

/** Where a mailbox lies and how it is fetched, as an admin typed it, understood. */
export type ImapForm = Omit<AccountForm, "perMinute" | "perDay"> & {
  folder: string
  afterwards: "leave" | "flag" | "move"
  moveTo: string | null
  fromStart: boolean
}

const afterwards = ["leave", "flag", "move"] as const

/** Reads the form, or says which field cannot be and why. */
export function imapFormFrom(typed: ImapTyped): ImapForm | ImapWrong {
  const signIn = accountFormFrom({ ...typed, perMinute: "", perDay: "" })
  if ("words" in signIn) return signIn
  const { perMinute: _, perDay: __, ...read } = signIn
  if (read.username === "") return { field: "username", words: "The server needs a name to sign in with" }
  const folder = typed.folder.trim() || "INBOX"
  const moveTo = typed.moveTo.trim()
  const after = afterwards.find((one) => one === typed.afterwards)
  if (!after) return { field: "afterwards", words: "Choose one of these" }
  if (isNoName(folder)) return { field: "folder", words: "This cannot be a folder" }
  if (after === "move" && moveTo === "") return { field: "moveTo", words: "Say which folder it is moved to" }
  if (after === "move" && (moveTo === folder || isNoName(moveTo)))
    return { field: "moveTo", words: "This must be another folder than the one it is fetched from" }
  const rest = { folder, afterwards: after, moveTo: after === "move" ? moveTo : null }
  return { ...read, ...rest, fromStart: typed.fromStart === "on" }
}

const isNoName = (name: string) => name.length > 500 || /\p{Cc}/u.test(name)

/** Where the big providers' mailboxes lie. */
export const imapPresets = [
  { name: "Gmail", host: "imap.gmail.com", port: 993, security: "tls" },
  { name: "Microsoft 365", host: "outlook.office365.com", port: 993, security: "tls" },
] as const

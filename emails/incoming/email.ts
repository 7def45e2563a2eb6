import type { CleanPage } from "./html/clean-html.ts"

export type Address = { name: string; address: string }

export type Attachment = {
  filename: string
  contentType: string
  size: number
  /** Shown in the text by its content id, not listed beside it. */
  inline: boolean
  contentId: string | null
  bytes: Uint8Array
}

export type BouncedRecipient = {
  address: string
  /** RFC 3463, such as 5.1.1; empty when the notice names none. */
  status: string
  /** Whether trying again is useless. */
  hard: boolean
  /** One of a few words for why, as in bounce-words.ts. */
  reason: string
  /** A warning only: the mail system is still trying. */
  delayed: boolean
}

export type Machine = {
  kind: null | "auto" | "bounce" | "complaint" | "list"
  /** What gave it away, for the ledger; empty for mail a person wrote. */
  because: string
  /** An answer to something we sent (out of office), as opposed to mail that merely comes from a machine (a web shop). */
  answersUs: boolean
  bounce: null | { recipients: BouncedRecipient[]; originalIds: string[] }
}

/** Something a mail brings besides words. The same shape is kept with the message. */
export type Mark = {
  kind: "signed" | "encrypted" | "invitation" | "winmail" | "partial" | "left on server"
  words: string
}

/** One mail as understood. Every string is fit for PostgreSQL; ids are without their angle brackets. */
export type Email = {
  /** Usually one. An address without `@` is kept as it stands, for it tells a bounce. */
  from: Address[]
  to: Address[]
  cc: Address[]
  replyTo: Address[]
  subject: string
  messageId: string | null
  inReplyTo: string | null
  references: string[]
  /** What the sender's clock said; null when it cannot be read. */
  date: Date | null
  /** The whole text; `newText` is what this mail adds, history and signature folded away. */
  text: string
  newText: string
  html: string | null
  /** The same made harmless, as it is shown. */
  page: CleanPage | null
  attachments: Attachment[]
  headers: Headers
  /** The same in the order of the mail, for who wrote what above whom. */
  lines: readonly { name: string; value: string }[]
  machine: Machine
  marks: Mark[]
  /** Why only a part of it could be read; null when all is well. */
  trouble: string | null
}

/** Header values by lower-case name, in the order they came. */
export type Headers = ReadonlyMap<string, readonly string[]>

export const firstOf = (headers: Headers, name: string) => headers.get(name)?.[0] ?? ""

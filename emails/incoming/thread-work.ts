import type { Searchable } from "#app/models/cases/search-document.ts"
import type { CopyAsSent, Likeness } from "#app/models/mail/copies.ts"
import type { Authenticity } from "#db/tables/mail.ts"
import type { Hop, Trust } from "./authenticity.server.ts"
import type { Address } from "./email.ts"
import type { Beside, Cleaned } from "./html/clean-html.ts"
import type { Inbound } from "./inbound.server.ts"
import type { SentView } from "./sent-view.server.ts"

/**
 * The kinds of work a thread does, each with what it is asked and what it tells. A new kind is a line here, its bounds
 * below, and its function in reader-thread.server.ts; the compiler names the places.
 */
export type Work = {
  /**
   * A whole mail; with a trouble only its header, and that is what the Email says. `envelopeFrom`: null when the mail
   * did not come by SMTP.
   */
  read: { asked: { raw: Uint8Array; trouble: string | null; envelopeFrom: string | null }; told: Inbound }
  /** Who vouches for its sender; asks the name servers named, or the system's. */
  prove: {
    asked: { raw: Uint8Array; from: Address[]; hop: Hop; trust: Trust; nameServers: string[] }
    told: Authenticity
  }
  /** Rating links taken out of a mail of ours; null when none stood in it. */
  redact: { asked: { raw: Uint8Array }; told: Uint8Array | null }
  /** What a new mail adds to what was said before it. */
  compare: { asked: { newText: string; said: string[] }; told: string }
  /** A mail of ours to be looked at, with its rating links or without. */
  view: { asked: { raw: Uint8Array; keepsLinks: boolean }; told: SentView }
  /** The page of a mail that was read before, by the cleaner of today. */
  clean: { asked: Beside & { html: string }; told: Cleaned }
  /** The words of cases, to be searched. */
  words: { asked: { cases: Searchable[] }; told: string[][] }
  /** Whether two mails under one id are one mail by two ways. */
  liken: { asked: { first: CopyAsSent; second: CopyAsSent }; told: Likeness }
}

export type Kind = keyof Work
export type Question<K extends Kind = Kind> = { work: K; asked: Work[K]["asked"] }
export type Answer<K extends Kind = Kind> = { told: Work[K]["told"]; problem?: never } | { problem: string }

export type Bounds = {
  /** After so long the thread is killed. */
  milliseconds: number
  /** More, in bytes or characters, is refused unasked. */
  size: number
  /** What waits for name servers has places of its own: it keeps no mail from being read. */
  mostlyWaits: boolean
}

const megabyte = 1024 * 1024

export const bounds: Record<Kind, Bounds> = {
  read: { milliseconds: 15_000, size: 80 * megabyte, mostlyWaits: false },
  // Name servers are given eight seconds (authenticity.server.ts).
  prove: { milliseconds: 12_000, size: 80 * megabyte, mostlyWaits: true },
  redact: { milliseconds: 15_000, size: 80 * megabyte, mostlyWaits: false },
  compare: { milliseconds: 5000, size: 8 * megabyte, mostlyWaits: false },
  view: { milliseconds: 15_000, size: 80 * megabyte, mostlyWaits: false },
  clean: { milliseconds: 15_000, size: 8 * megabyte, mostlyWaits: false },
  words: { milliseconds: 15_000, size: 16 * megabyte, mostlyWaits: false },
  liken: { milliseconds: 5000, size: 8 * megabyte, mostlyWaits: false },
}

/** The heap of a thread. Files are outside of it, and no mail is taken in that has many of them. */
export const heapMegabytes = 192

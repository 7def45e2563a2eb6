import type { Email } from "./email.ts"

/**
 * The kinds of work a thread does, each with what it is asked and what it tells. A new kind is a line here, its bounds
 * below, and its function in reader-thread.server.ts; the compiler names the places.
 */
export type Work = {
  /** A whole mail; with a trouble only its header, and that is what the Email says. */
  read: { asked: { raw: Uint8Array; trouble: string | null }; told: Email }
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
}

/** The heap of a thread. Files are outside of it, and no mail is taken in that has many of them. */
export const heapMegabytes = 192

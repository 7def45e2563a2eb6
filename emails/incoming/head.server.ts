import addressparser from "nodemailer/lib/addressparser"
import type { Address, Headers } from "./email.ts"
import { pgLine, pgText } from "./text.ts"
import { decodeWords } from "./words.server.ts"

/** A header line as its bytes, folding undone. */
export type Field = { name: string; value: string }

/** More addresses than this stay in the raw mail only. */
export const mostAddresses = 500
const mostFields = 2000

/** The header block of a mail whose line ends are straight. Lines that are no field are skipped, not fatal. */
export function readFields(head: Buffer): Field[] {
  const lines = head.toString("latin1").split(/\r?\n/)
  const fields: Field[] = []
  const parts: string[][] = []
  for (const line of lines) {
    if (/^[ \t]/.test(line)) {
      parts.at(-1)?.push(line)
      continue
    }
    const colon = line.indexOf(":")
    if (colon < 1 || fields.length === mostFields) continue
    const name = line.slice(0, colon).trim().toLowerCase()
    if (!/^[!-9;-~]+$/.test(name)) continue
    const rest = [line.slice(colon + 1)]
    parts.push(rest)
    fields.push({ name, value: "" })
  }
  return fields.map(({ name }, i) => ({
    name,
    value: trimmed((parts[i] ?? []).map(trimmed).join(" ")),
  }))
}

/** These are bytes: what `trim` takes for a hard space is the second half of the à in raw UTF-8. */
const trimmed = (bytes: string) => bytes.replace(/^[ \t\r\n]+|(?<![ \t\r\n])[ \t\r\n]+$/g, "")

/** Every header decoded, for rules that look things up by name. */
export function headersOf(fields: Field[]): Headers {
  const headers = new Map<string, string[]>()
  for (const { name, value } of fields) {
    const values = headers.get(name)
    const text = pgText(decodeWords(value.slice(0, 4000)))
    if (values) values.push(text)
    else headers.set(name, [text])
  }
  return headers
}

export const rawOf = (fields: Field[], name: string) => fields.find((field) => field.name === name)?.value ?? ""

/** The addresses of all fields of that name. Split before decoding, for an encoded name may hold a comma. */
export function addressesOf(fields: Field[], name: string): Address[] {
  const values = fields.filter((field) => field.name === name && field.value !== "").map((field) => field.value)
  return values.flatMap((value) => parseAddresses(value)).slice(0, mostAddresses)
}

export function parseAddresses(value: string): Address[] {
  return addressparser(value.slice(0, 128 * 1024), { flatten: true })
    .map(({ name, address }) => namedAddress(pgLine(decodeWords(name ?? "")), pgLine(decodeWords(address ?? ""))))
    .filter(({ name, address }) => name !== "" || address !== "")
}

/** `From: mailer-daemon` reads as a name without address; it is the address, and tells a bounce. */
function namedAddress(name: string, address: string): Address {
  if (address !== "") return { name: name.replace(/^(['"])(.*)\1$/, "$2"), address }
  return /^[^\s@"<>]+$/.test(name) ? { name: "", address: name } : { name, address }
}

/** RFC 5322 3.6.4: up to `most` ids, without their brackets, comments and folding gone. Ids over 998 letters are none. */
export function idsOf(value: string, most: number): string[] {
  const text = pgText(value)
  const bracketed = [...text.matchAll(/<([^<>]{1,998})>/g)].map(([, id = ""]) => id)
  const ids = bracketed.length > 0 ? bracketed : text.split(/[\s,]+/).filter((word) => word.includes("@"))
  return ids
    .map((id) => id.replace(/\s+/g, ""))
    .filter((id) => id !== "" && id.length <= 998)
    .slice(-most)
}

/** The first id of a field, or whatever single word stands there: some senders leave out brackets and `@`. */
export function idOf(value: string): string | null {
  const [id] = idsOf(value, 1000)
  if (id) return id
  const bare = pgLine(value).replace(/^<|>$/g, "")
  return bare !== "" && !bare.includes(" ") && bare.length <= 998 ? bare : null
}

const longestDate = 1000

/** RFC 5322 dates and what is written in their place; null for what cannot be read. */
export function dateOf(value: string): Date | null {
  const clean = pgLine(value.slice(0, longestDate))
    .replace(/\([^()]*\)/g, " ")
    .replace(/^[A-Za-z]{3,9},?\s*/, "")
    .replace(/\b(\d{1,2})\.(\d{2})\.(\d{2})\b/, "$1:$2:$3")
    .replace(/\s(?:UT|Z)$/, " GMT")
    .trim()
  const date = new Date(clean)
  return Number.isNaN(date.getTime()) || date.getFullYear() < 1970 || date.getFullYear() > 9999 ? null : date
}

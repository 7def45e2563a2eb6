import { z } from "zod"
import { registeredDomain } from "#emails/incoming/registered.ts"
import { canonicalDomain } from "./domain.ts"
import { originFrom } from "./network.ts"
import { overlapIn } from "./week.ts"

/** What a setting may be. Each says in words what it "must be", and keeps it in the one form it is compared in. */

export const whole = (low: number, high: number) =>
  z
    .number({ error: `must be a number from ${low} to ${high}` })
    .int({ error: "must be a whole number" })
    .min(low, { error: `must be at least ${low}` })
    .max(high, { error: `must be at most ${high}` })

export const onOrOff = z.boolean({ error: "must be on or off" })

/** Control characters break lines, marks of direction turn what follows them; half a character cannot be kept. */
const isOneLine = (text: string) => !/[\p{Cc}\p{Cs}\u2028\u2029]|(?![\u200c\u200d])\p{Cf}/u.test(text)
const isKeepable = (text: string) => !/(?![\r\n\t])\p{Cc}|\p{Cs}/u.test(text)

export const line = (longest: number) =>
  z
    .string()
    .trim()
    .min(1, { error: "must not be empty" })
    .max(longest, { error: `must be at most ${longest} characters` })
    .refine(isOneLine, { error: "must be one line of text" })

/** A text in which `{names}` stand for something. A name it does not have would be sent to customers as it stands. */
export const template = (longest: number, ...names: readonly string[]) =>
  z
    .string()
    .trim()
    .min(1, { error: "must not be empty" })
    .max(longest, { error: `must be at most ${longest} characters` })
    .refine(isKeepable, { error: "must be text" })
    .refine((text) => !/[{}]/.test(names.reduce((rest, name) => rest.replaceAll(`{${name}}`, ""), text)), {
      error: `must have no braces but those of ${names.map((name) => `{${name}}`).join(", ")}`,
    })

export const zone = z.string().trim().refine(isTimeZone, { error: "must be a time zone such as Europe/Berlin or UTC" })

export const week = z
  .array(
    z.object({
      weekday: z.int().min(1).max(7),
      startsAt: z.int().min(0).max(1439),
      endsAt: z.int().min(1).max(2879),
    }),
    { error: 'must be hours such as "mon-fri 9:00-17:00, sat 10:00-14:00"' },
  )
  .min(1, { error: "must have hours on one day at least" })
  .max(100, { error: "must have fewer hours than that" })
  .refine((rows) => rows.every(({ startsAt, endsAt }) => endsAt > startsAt && endsAt - startsAt <= 1440), {
    error: "must end after it begins, within a day",
  })
  .refine((rows) => rows.length > 100 || overlapIn(rows) === null, { error: "must not have hours that overlap" })

export const origin = z
  .string()
  .refine((text) => URL.canParse(text.trim()) && /^https?:$/.test(new URL(text.trim()).protocol), {
    error: "must be an http or https address",
  })
  .refine((text) => originFrom(text) !== null, {
    error: "must be an address without a path, a name or a password, such as https://desk.example.com",
  })
  .transform((text) => originFrom(text) ?? text)

export const originOrNone = z.string().transform((text, context) => {
  if (text.trim() === "") return ""
  const read = origin.safeParse(text)
  if (read.success) return read.data
  context.addIssue({ code: "custom", message: read.error.issues[0]?.message ?? "must be an address" })
  return z.NEVER
})

/** Several with commas or blanks, each read by `one`; empty means none. */
export const list = (one: (text: string) => string | null, what: string) =>
  z
    .string()
    .max(2000, { error: "must be at most 2000 characters" })
    .transform((text, context) => {
      const typed = text.split(/[,\s]+/).filter((word) => word !== "")
      const read = typed.map(one)
      const wrong = typed[read.indexOf(null)]
      if (wrong === undefined) return [...new Set(read)].join(", ")
      context.addIssue({ code: "custom", message: `must be ${what}, with commas: "${shown(wrong)}" is none` })
      return z.NEVER
    })

const shown = (word: string) => (word.length > 60 ? `${word.slice(0, 60)}…` : word)

/** A server's name, as it writes it into header lines: one label is enough within a house. */
export const hostFrom = (text: string) => canonicalDomain(text)

/** One that may stand behind an @, and belongs to somebody: not a whole country or trade. */
export function domainFrom(text: string) {
  const domain = canonicalDomain(text.replace(/^@/, ""))
  return domain !== null && registeredDomain(domain) !== null ? domain : null
}

export function isTimeZone(text: string): boolean {
  if (known.has(text)) return true
  // An offset such as +02:00 is known to some versions of Node, and to PostgreSQL the other way around.
  const isOne = /^[A-Za-z]/.test(text) && canFormatIn(text)
  if (isOne && known.size < 1000) known.add(text)
  return isOne
}

/** Asking costs a tenth of a millisecond, and each mail asks. There are some six hundred, without other spellings. */
const known = new Set<string>()

function canFormatIn(timeZone: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone })
    return true
  } catch {
    // The only question Intl answers by throwing.
    return false
  }
}

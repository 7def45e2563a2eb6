import { z } from "zod"
import { weekFrom, weekText } from "./week.ts"

const whole = (low: number, high: number) =>
  z
    .number({ error: `must be a number from ${low} to ${high}` })
    .int({ error: "must be a whole number" })
    .min(low, { error: `must be at least ${low}` })
    .max(high, { error: `must be at most ${high}` })
const line = (longest: number) =>
  z
    .string()
    .trim()
    .min(1, { error: "must not be empty" })
    .max(longest, { error: `must be at most ${longest} characters` })
const words = z.string().trim().max(2000, { error: "must be at most 2000 characters" })
const zone = z.string().refine(isTimeZone, { error: "must be a time zone such as Europe/Berlin or UTC" })
const week = z.array(
  z.object({ weekday: z.int().min(1).max(7), startsAt: z.int().min(0).max(1439), endsAt: z.int().min(1).max(2879) }),
  {
    error: 'must be hours such as "mon-fri 9:00-17:00, sat 10:00-14:00"',
  },
)
const origin = z.string().refine((text) => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol), {
  error: "must be an http or https address",
})

const dnsServers = z
  .string()
  .trim()
  .max(300)
  .regex(/^([\da-f.:[\]]+([\s,]+|$))*$/i, { error: "must be addresses such as 1.1.1.1 or 127.0.0.1:5353" })

const nineToFive = [1, 2, 3, 4, 5].map((weekday) => ({ weekday, startsAt: 540, endsAt: 1020 }))

/** Everything the desk can be told about itself: what it may be, what it is until told, what it means. */
export const catalogue = {
  "desk.name": entry(line(60), "Support", "The desk's name, as customers see it"),
  "desk.timeZone": entry(zone, "UTC", "The zone that days, months and years are counted in"),
  "desk.businessWeek": entry(week, nineToFive, "Business hours, used wherever business time is meant"),
  "ratings.settleSeconds": entry(
    whole(0, 3600),
    180,
    "Seconds until a pressed face counts; it can still be changed meanwhile",
  ),
  "ratings.linkDays": entry(whole(1, 365), 30, "Days a rating link lives"),
  "ratings.lineOn": entry(z.boolean({ error: "must be on or off" }), true, "Whether replies ask for a rating"),
  "replies.undoSeconds": entry(whole(0, 120), 10, "Seconds in which a reply can be undone"),
  "sharing.rampCases": entry(whole(1, 100), 5, "Most cases given to a person in their first 15 minutes present"),
  "sharing.usualAgent": entry(
    z.boolean({ error: "must be on or off" }),
    false,
    "Whether a customer's usual agent comes first",
  ),
  "sharing.unansweredHours": entry(
    whole(1, 200),
    4,
    "Business hours after which a given but unanswered case goes back",
  ),
  "frowns.dueBusinessDays": entry(whole(1, 20), 1, "Business days until a frown must have had a first contact"),
  "mail.agentForwards": entry(
    z.boolean({ error: "must be on or off" }),
    false,
    "Whether a mail an agent forwards to a mailbox opens a case of the customer in it",
  ),
  "mail.trustedHops": entry(
    words,
    "",
    "Names under which servers of ours write Authentication-Results, with commas; only these are believed",
  ),
  "mail.trustedRelays": entry(
    words,
    "",
    "Addresses or ranges of servers of ours that hand mail in for others, with commas",
  ),
  "mail.trustedForwarders": entry(words, "", "Domains whose seal (ARC) on forwarded mail is believed, with commas"),
  "mail.dnsServers": entry(dnsServers, "", "Name servers to ask about mail, with commas; empty: the system's"),
  "mail.acknowledge": entry(
    z.boolean({ error: "must be on or off" }),
    false,
    "Whether a new case is acknowledged by mail, to senders who are proven only",
  ),
  "mail.acknowledgeText": entry(
    line(2000),
    "Thank you, your message has arrived. Its number here is {number}. A person reads it and will answer you.",
    "What that says; {number} is the case's",
  ),
  "mail.holdAfter": entry(
    whole(1, 1000),
    20,
    "Mails from one address into one case within ten minutes after which the next are held",
  ),
  "mail.floodCases": entry(
    whole(0, 1000),
    0,
    "Cases one address may open within ten minutes; further mail joins the newest of them. 0: as many as it likes",
  ),
  "mail.reopenDays": entry(
    whole(0, 3650),
    90,
    "Days after closing in which an answer reopens its case; later it opens a new one beside it. 0: however late",
  ),
  "web.baseUrl": entry(
    origin,
    "http://localhost:3000",
    "The address customers' links start with; kept by the running desk",
  ),
  "clock.offsetSeconds": entry(whole(-400_000_000, 400_000_000), 0, "Moves the desk's clock, in tests only"),
}

export type SettingKey = keyof typeof catalogue
export type Settings = { [K in SettingKey]: (typeof catalogue)[K]["default"] }

export const settingKeys = Object.keys(catalogue) as SettingKey[]
export const isSettingKey = (text: string): text is SettingKey => Object.hasOwn(catalogue, text)

/** On or off, and nothing else. */
export const isSwitch = (key: SettingKey) => typeof catalogue[key].default === "boolean"

/** A setting as typed on a command line or into a form; refused with words that say what it "must be". */
export function settingFrom(key: SettingKey, text: string): { value: Settings[SettingKey] } | { refused: string } {
  const read = catalogue[key].schema.safeParse(untyped(key, text))
  return read.success ? { value: read.data } : { refused: read.error.issues[0]?.message ?? "cannot be that" }
}

/** The same, back to text that `settingFrom` reads. */
export function settingText(value: Settings[SettingKey]): string {
  if (Array.isArray(value)) return weekText(value)
  return typeof value === "boolean" ? (value ? "on" : "off") : String(value)
}

/** A setting that holds several words, as they are compared. */
export const listed = (text: string) =>
  text
    .toLowerCase()
    .split(/[,\s]+/)
    .filter((word) => word !== "")

function untyped(key: SettingKey, text: string): unknown {
  const { default: usual } = catalogue[key]
  if (Array.isArray(usual)) return weekFrom(text)
  if (typeof usual === "number") return text.trim() === "" ? null : Number(text)
  if (typeof usual === "boolean")
    return { on: true, yes: true, true: true, off: false, no: false, false: false }[text.trim().toLowerCase()]
  return text
}

export function isTimeZone(text: string): boolean {
  if (known.has(text)) return true
  const isOne = text !== "" && canFormatIn(text)
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

function entry<T>(schema: z.ZodType<T>, usual: T, meaning: string) {
  return { schema, default: usual, meaning }
}

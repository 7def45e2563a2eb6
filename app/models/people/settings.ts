import type { z } from "zod"
import { nameServerFrom, rangeFrom } from "./network.ts"
import {
  domainFrom,
  hostFrom,
  line,
  list,
  onOrOff,
  origin,
  originOrNone,
  template,
  week,
  whole,
  zone,
} from "./setting-values.ts"
import { weekFrom, weekText } from "./week.ts"

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
  "ratings.lineOn": entry(onOrOff, true, "Whether replies ask for a rating"),
  "replies.undoSeconds": entry(whole(0, 120), 10, "Seconds in which a reply can be undone"),
  "sharing.rampCases": entry(whole(1, 100), 5, "Most cases given to a person in their first 15 minutes present"),
  "sharing.usualAgent": entry(onOrOff, false, "Whether a customer's usual agent comes first"),
  "sharing.unansweredHours": entry(
    whole(1, 200),
    4,
    "Business hours after which a given but unanswered case goes back",
  ),
  "frowns.dueBusinessDays": entry(whole(1, 20), 1, "Business days until a frown must have had a first contact"),
  "mail.agentForwards": entry(
    onOrOff,
    false,
    "Whether a mail an agent forwards to a mailbox opens a case of the customer in it",
  ),
  "mail.trustedHops": entry(
    list(hostFrom, "names of servers such as mx.example.com"),
    "",
    "Names under which servers of ours write Authentication-Results, with commas; only these are believed",
  ),
  "mail.trustedRelays": entry(
    list(rangeFrom, "addresses or ranges such as 192.0.2.1 or 192.0.2.0/24"),
    "",
    "Addresses or ranges of servers of ours that hand mail in for others, with commas",
  ),
  "mail.trustedForwarders": entry(
    list(domainFrom, "domains such as example.com"),
    "",
    "Domains whose seal (ARC) on forwarded mail is believed, with commas",
  ),
  "mail.dnsServers": entry(
    list(nameServerFrom, "addresses such as 1.1.1.1 or 127.0.0.1:5353"),
    "",
    "Name servers to ask about mail, with commas; empty: the system's",
  ),
  "mail.acknowledge": entry(
    onOrOff,
    false,
    "Whether a new case is acknowledged by mail, to senders who are proven only",
  ),
  "mail.acknowledgeText": entry(
    template(2000, "number"),
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
    originOrNone,
    "",
    "The public address customers' links start with: BASE_URL, or the one confirmed under Settings, Address",
  ),
  "web.localUrl": entry(
    origin,
    "http://localhost:3000",
    "The address on this machine, for links of mail that never leaves it; kept by the running desk",
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

/** What a row of the table means, which may be written by hand or by an older version; null: nothing this one knows. */
export function settingRead<K extends SettingKey>(key: K, value: unknown): { value: Settings[K] } | null {
  const read = catalogue[key].schema.safeParse(value)
  return read.success ? { value: read.data as Settings[K] } : null
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
  // Number() would take "0x1f" and "1e3" for numbers, and nobody types those.
  if (typeof usual === "number") return /^\s*[+-]?\d{1,15}(\.\d{1,15})?\s*$/.test(text) ? Number(text) : null
  if (typeof usual === "boolean")
    return { on: true, yes: true, true: true, off: false, no: false, false: false }[text.trim().toLowerCase()]
  return text
}

function entry<T>(schema: z.ZodType<T>, usual: T, meaning: string) {
  return { schema, default: usual, meaning }
}

import { causeBook } from "../frowns/cause.ts"
import { addDays } from "../people/hours.ts"
import { type Face, isFace } from "../ratings/face.ts"
import { type Behind, type Show, shows } from "./behind.ts"
import { asOf, inWords, type Period, parsePeriod, periodOf } from "./period.ts"

/** Null where the address names no stretch of days, or nothing we can show. */
export function readBehind(query: URLSearchParams): Behind | null {
  const [from, to] = [dayIn(query.get("from")), dayIn(query.get("to"))]
  const show = query.get("show") || "rated"
  const face = query.get("face") || null
  if (!from || !to || from >= to || !isShow(show) || (face !== null && !isFace(face))) return null
  const narrow = readNarrow(query)
  return narrow && { from, to, show, face, ...narrow, cause: query.get("cause") || null, cursor: query.get("cursor") }
}

/** A mailbox and a person by their ids; null for what is no id. */
export function readNarrow(query: URLSearchParams) {
  const [mailboxId, agentId] = [idIn(query.get("mailbox")), idIn(query.get("agent"))]
  return mailboxId === undefined || agentId === undefined ? null : { mailboxId, agentId }
}

const titles: Record<Show, string> = {
  rated: "Rated replies sent",
  asked: "Replies that asked for a rating, sent",
  unanswered: "Replies whose question nobody answered, sent",
  "left-off": "Replies with the question left off, sent",
  voided: "Replies whose rating is void, sent",
  frowns: "Frowned replies, sent",
  contacted: "Frowned replies we wrote or called about, sent",
  flipped: "Frowned replies that flipped, sent",
  improved: "Frowned replies that improved to OK, sent",
  overdue: "Frowned replies past due without a contact, sent",
}
const faced: Record<Face, string> = {
  happy: "Replies rated happy, sent",
  ok: "Replies rated OK, sent",
  frown: "Frowned replies, sent",
}

export const titleOf = ({ show, face, from, to, cause }: Behind, today: string) =>
  `${face && show === "rated" ? faced[face] : titles[show]} ${stretchWords(from, to, today)}${causeWords(cause)}`

function causeWords(cause: string | null) {
  if (cause === null) return ""
  return `: ${causeBook.find(({ key }) => key === cause)?.name ?? "Not known yet"}`
}

/** "in the second half of 2011", or for days that are no period "from 3 May 2011 to 5 May 2011". */
function stretchWords(from: string, to: string, today: string) {
  const kinds: Period["kind"][] = ["year", "half", "quarter", "month", "week", "day"]
  const whole = kinds.map((kind) => periodOf(from, kind)).find((period) => period.from === from && period.to === to)
  if (whole) return inWords(asOf(whole, today))
  return `from ${periodOf(from, "day").label} to ${periodOf(addDays(to, -1), "day").label}`
}

const isShow = (text: string): text is Show => shows.some((show) => show === text)

function dayIn(text: string | null) {
  const period = text ? parsePeriod(text) : null
  return period?.kind === "day" ? period.from : null
}

function idIn(text: string | null) {
  if (!text) return null
  return /^\d{1,15}$/.test(text) ? Number(text) : undefined
}

import { addBusinessDays } from "#app/models/people/hours.ts"
import type { Face } from "#app/models/ratings/face.ts"
import type { Talk } from "./compose.ts"
import { earliest, later, workingDayAfter } from "./days.ts"
import type { Dice } from "./dice.ts"
import type { Half } from "./era.ts"
import { accepted, sentAfter, settled, unasked } from "./press.ts"
import type { DemoCase, DemoFrown } from "./story.ts"
import { fromCustomer, type Past, reply, whoIsOn } from "./telling.ts"
import { deeds, general, recoveries, softened, unmoved } from "./words/recovery.ts"

const silence = 14 * 1440
const faceOf = { flipped: "happy", improved: "ok", unmoved: "frown" } as const satisfies Record<string, Face>
type Ending = keyof typeof faceOf | "no answer"

/** What the team did about a frown of the past, and what the customer made of that. */
export function followUp(story: DemoCase, half: Half, words: Talk, past: Past) {
  const { frown } = story
  if (!frown) return
  frown.dueAt = addBusinessDays(frown.openedAt, past.dueBusinessDays, past.calendar)
  if (frown.closedAt) return
  const contact = past.dice.chance(half.contacted) ? contactOf(frown, half, past) : null
  if (contact === null) return close(frown, "none", leftUntil(frown, past), "Joan", past.dice)
  getInTouch(story, frown, contact, words.reply(contact.by, past.dice.pick(recoveryFor(frown))), past.dice)
  const ending = endingOf(half, contact.at, past)
  const endedAt =
    ending === "no answer" ? later(contact.at, silence + 30) : pressAgain(story, faceOf[ending], contact, past)
  frown.outcome = ending
  frown.outcomeAt = endedAt
  frown.events.push({ at: endedAt, by: null, kind: "outcome", detail: ending })
  close(frown, ending, later(settled(endedAt), past.dice.between(5, 400)), contact.by, past.dice)
  const more = ending === "flipped" ? softened : ending === "unmoved" ? unmoved : []
  if (more.length > 0 && past.dice.chance(0.4)) writeBack(story, words.say(past.dice.pick(more)), endedAt, past.dice)
}

const recoveryFor = ({ cause }: DemoFrown) => recoveries[cause ?? ""] ?? [general]

type Contact = { at: Date; by: string }

/** Eight hours make a working day; what does not fit into today is the first thing of a later morning. */
function contactOf(frown: DemoFrown, half: Half, past: Past): Contact | null {
  const { dice, wall, now } = past
  const hours = dice.lognormal(half.contactHours, 0.8)
  const day = workingDayAfter(wall.dayOf(frown.openedAt), Math.floor(hours / 8))
  const morning = wall.at(day, 9 * 60)
  const today = later(frown.openedAt > morning ? frown.openedAt : morning, 4 + (hours % 8) * 40)
  const at = today < wall.at(day, 17 * 60 + 20) ? today : later(wall.at(workingDayAfter(day, 1), 9 * 60), hours * 5)
  const wished = dice.chance(0.4) ? frown.author : dice.chance(0.6) ? "Joan" : "Merissa"
  const by = whoIsOn(past, wall.dayOf(at), wished)
  return by === null || at > later(now, -4 * 1440) ? null : { at, by }
}

/** Nobody got to it in time. In winter the old ones were gone through and closed. */
function leftUntil({ openedAt }: DemoFrown, { dice, calendar, now }: Past) {
  const winter = Date.UTC(
    openedAt.getUTCFullYear() + 1,
    0,
    dice.between(9, 13),
    dice.between(14, 16),
    dice.between(0, 59),
  )
  return winter < now.getTime() ? new Date(winter) : addBusinessDays(openedAt, 3, calendar)
}

function getInTouch(story: DemoCase, frown: DemoFrown, { at, by }: Contact, text: string, dice: Dice) {
  const sentAt = sentAfter(at)
  const wait = at.getTime() - frown.openedAt.getTime()
  frown.owner = by
  frown.claimedAt = new Date(frown.openedAt.getTime() + wait * (0.2 + 0.6 * dice.next()))
  frown.firstContactAt = frown.lastContactAt = sentAt
  frown.contactedBy = "reply"
  frown.events.push({ at: frown.claimedAt, by, kind: "claimed", detail: "" })
  frown.events.push({ at: sentAt, by, kind: "contacted", detail: "reply" })
  story.messages.push({ ...reply(by, at, text), ask: { ...unasked(at, false), recovery: true } })
  story.closedAt = at
  story.closedBy = by
}

function endingOf({ flipped }: Half, contactAt: Date, { dice, now }: Past): Ending {
  const throwOf = dice.next()
  if (throwOf < flipped) return "flipped"
  if (throwOf < flipped + 0.14) return "improved"
  if (throwOf < flipped + 0.22) return "unmoved"
  return later(contactAt, silence + 1440) < now ? "no answer" : "improved"
}

/** Most press the link in the first mail again, some the one in ours; both turn the frown, only the first its last word. */
function pressAgain(story: DemoCase, face: Face, contact: Contact, { dice, now }: Past): Date {
  const wished = later(contact.at, 2 + dice.lognormal(700, 1))
  const at = earliest(earliest(wished, later(contact.at, 20 * 1440)), later(now, -600))
  const asks = story.messages.flatMap(({ ask }) => ask ?? [])
  const rated = asks.find(({ votes }) => votes.length > 0)
  const recovery = asks.find((ask) => ask.recovery)
  const pressed = face === "frown" || dice.chance(0.65) ? rated : recovery
  pressed?.votes.push(accepted(at, face))
  return at
}

function close(frown: DemoFrown, ending: Ending | "none", at: Date, by: string, dice: Dice) {
  frown.closedAt = at
  frown.closedBy = by
  frown.whatWeDid = dice.pick(deeds[ending] ?? [""])
  frown.events.push({ at, by, kind: "cause", detail: frown.cause ?? "" }, { at, by, kind: "closed", detail: "" })
}

function writeBack(story: DemoCase, text: string, endedAt: Date, dice: Dice) {
  const at = later(endedAt, dice.between(2, 12))
  story.messages.push(fromCustomer(at, text))
  story.closedAt = later(at, dice.between(3, 60))
}

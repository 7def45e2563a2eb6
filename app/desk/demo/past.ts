import { type Talk, talk, topicFor } from "./compose.ts"
import { earliest, later, type Wall, workingDayAfter } from "./days.ts"
import type { Dice } from "./dice.ts"
import type { Half } from "./era.ts"
import { followUp } from "./frown-story.ts"
import type { Slot } from "./plan.ts"
import { askOf, unasked } from "./press.ts"
import type { DemoAsk, DemoCase } from "./story.ts"
import { fromCustomer, type Past, reply, speak, whoIsOn } from "./telling.ts"
import { comebacks, notes, thanks } from "./words/replies.ts"

/** One case of the past, from the first mail to closed. */
export function pastCase(slot: Slot, half: Half, past: Past): DemoCase {
  const { dice, customers } = past
  const customer = customers.writer(dice, slot.openedAt)
  const topic = topicFor(null, dice)
  const words = talk(topic, customer, slot.person, slot.openedAt, dice)
  const story: DemoCase = {
    customer,
    mailbox: topic.mailbox,
    subject: words.subject,
    openedAt: slot.openedAt,
    agent: slot.person,
    messages: [fromCustomer(slot.openedAt, words.ask()), reply(slot.person, slot.answeredAt, words.answer())],
    given: [given(slot, dice)],
    closedAt: slot.answeredAt,
    closedBy: slot.person,
    snoozedUntil: null,
    notes: dice.chance(0.02) ? [{ by: slot.person, at: slot.answeredAt, body: words.say(dice.pick(notes)) }] : [],
    drafts: [],
    frown: null,
  }
  if (slot.face !== "frown" && dice.chance(0.07)) comeBack(story, words, half, past)
  askForFaces(story, slot, topic.causes, words.say, half, past)
  if (story.frown) followUp(story, half, words, past)
  else if (slot.face === "happy" && dice.chance(0.08)) thank(story, words.say(dice.pick(thanks)), half, past)
  return story
}

function given({ person, openedAt }: Slot, dice: Dice): DemoCase["given"][number] {
  const reason = `${person}: ${dice.between(0, 12)} of 20, idle ${dice.between(1, 40)} min.`
  return { at: openedAt, from: null, to: person, by: null, rule: "spare room", reason, candidates: [] }
}

type Say = (template: string) => string

/** A second question and its answer, the same day or the next, if that still is the same half-year. */
function comeBack(story: DemoCase, words: Talk, half: Half, past: Past) {
  const { wall, dice, now } = past
  const asked = later(story.closedAt ?? story.openedAt, dice.lognormal(70, 0.8))
  const day = workingDayAfter(wall.dayOf(asked), wall.at(wall.dayOf(asked), 16 * 60) > asked ? 0 : 1)
  const at = later(earliestOn(day, asked, wall), dice.between(10, 70))
  const by = whoIsOn(past, day, story.agent)
  if (by === null || day > half.to || at > later(now, -60)) return
  const { ask, answer } = dice.pick(comebacks)
  story.messages.push(fromCustomer(asked, words.say(ask)), reply(by, at, words.reply(by, answer)))
  story.closedAt = at
  story.closedBy = by
}

const earliestOn = (day: string, after: Date, wall: Wall) =>
  wall.at(day, 9 * 60) > after ? wall.at(day, 9 * 60) : after

/** Every reply asks; the customer presses in answer to one of them, the last as a rule. */
function askForFaces(story: DemoCase, slot: Slot, causes: readonly string[], say: Say, half: Half, past: Past) {
  const { wall, now } = past
  const replies = story.messages.filter(({ by }) => by !== null)
  const rated = slot.leftOff ? null : replies.at(-1)
  for (const message of replies) {
    if (message !== rated || slot.face === null) message.ask = unasked(message.at, slot.leftOff)
    else {
      const until = earliest(wall.at(half.to, 23 * 60 + 50), later(now, -15))
      const pressed = askOf(message.at, slot.face, causes, say, until, past.dice)
      message.ask = pressed.ask
      heed(story, pressed.ask, past.dice)
      if (pressed.frown) story.frown = { ...pressed.frown, author: message.by ?? slot.person, cause: pressed.cause }
    }
  }
}

/** Somebody read the words and closed the case again. */
function heed(story: DemoCase, ask: DemoAsk, dice: Dice) {
  speak(story, ask)
  const last = story.messages.at(-1)
  if (last?.joinedBecause) story.closedAt = later(last.at, dice.between(15, 300))
}

function thank(story: DemoCase, text: string, half: Half, { dice, wall, now }: Past) {
  const at = later(story.closedAt ?? story.openedAt, dice.lognormal(50, 0.8))
  if (at > earliest(wall.at(half.to, 23 * 60), later(now, -120))) return
  story.messages.push(fromCustomer(at, text))
  story.closedAt = later(at, dice.between(2, 25))
}

import { type Talk, talk, topicFor } from "./compose.ts"
import type { Customers, DemoCustomer } from "./customers.ts"
import { later, type Wall } from "./days.ts"
import type { Dice } from "./dice.ts"
import { frownOf } from "./present-frown.ts"
import { accepted, unasked } from "./press.ts"
import type { Extra, Scene } from "./scenes.ts"
import type { sharing } from "./share.ts"
import type { DemoCase, DemoFile, DemoGiven, DemoMessage } from "./story.ts"
import { fromCustomer, reply } from "./telling.ts"
import { happyComments } from "./words/happy-comments.ts"
import { comebacks, notes } from "./words/replies.ts"

export type Present = {
  wall: Wall
  dice: Dice
  now: Date
  customers: Customers
  desk: ReturnType<typeof sharing>
  /** The first name customers see. */
  nameOf(key: string): string
  enclosures: Record<Extra, DemoFile[]>
}

/** The cases of these days, given out in the order in which they came. */
export function presentCases(scenes: readonly Scene[], present: Present): DemoCase[] {
  const given = shareOut(scenes, present)
  const taken = new Set<DemoCustomer>()
  return scenes.map((scene) => tell(scene, given.get(scene) ?? [], taken, present))
}

function shareOut(scenes: readonly Scene[], { desk, wall, now }: Present) {
  const midnight = wall.at(wall.dayOf(now), 0)
  const steps = scenes.flatMap((scene) => {
    const at = scene.turns[0]?.asked ?? now
    return [{ at, scene }, ...(scene.givenAgainAt ? [{ at: scene.givenAgainAt, scene }] : [])]
  })
  const given = new Map<Scene, DemoGiven[]>()
  for (const { at, scene } of steps.toSorted((a, b) => a.at.getTime() - b.at.getTime())) {
    const before = given.get(scene) ?? []
    const until = before.length === 0 ? scene.givenAgainAt : null
    const stretches = scene.turns.map(({ asked, answered }) => ({ from: asked, until: until ?? answered }))
    const choice = desk.give({ mailbox: scene.mailbox, stretches }, at, before.at(-1)?.to ?? null)
    // What everybody carried on earlier days is not told here, so no table claims to know it.
    const untold = { reason: choice.reason.replace(/ Skipped:.*/, ""), candidates: [], asked: null }
    const row = at < midnight ? { ...choice, ...untold } : choice
    given.set(scene, [...before, ...released(before.at(-1), at), row])
  }
  return given
}

function released(last: DemoGiven | undefined, at: Date): DemoGiven[] {
  if (!last) return []
  const reason = "Back to the pool: given four business hours ago and not answered."
  return [{ at: later(at, -0.05), from: last.to, to: null, by: null, rule: "released", reason, candidates: [] }]
}

function tell(scene: Scene, given: DemoGiven[], taken: Set<DemoCustomer>, present: Present): DemoCase {
  const { dice, customers, nameOf, now } = present
  const [first] = scene.turns
  const openedAt = first?.asked ?? now
  const agent = given.at(-1)?.to ?? null
  const author = given.find(({ to }) => to !== null)?.to ?? agent
  const customer = stranger(customers, taken, openedAt, dice)
  const words = talk(topicFor(scene.mailbox, dice), customer, nameOf(author ?? "Joan"), openedAt, dice)
  const story: DemoCase = {
    ...{ customer, mailbox: scene.mailbox, subject: words.subject, openedAt, agent, given },
    messages: scene.turns.flatMap((turn, place) => exchange(turn, place, author, words, present)),
    closedAt: scene.closes ? (scene.frown?.closedAt ?? scene.turns.at(-1)?.answered ?? null) : null,
    closedBy: scene.closes ? author : null,
    snoozedUntil: scene.snoozedUntil,
    ...{ notes: [], drafts: [], frown: null },
  }
  for (const message of story.messages) message.asMail = true
  if (scene.rated) rate(story, scene.rated, words, present)
  if (scene.frown && author !== null) frownOf(story, scene.frown, author, words, present)
  if (scene.extra !== null) embellish(story, scene.extra, agent ?? "Joan", words, present)
  return story
}

/** Nobody twice: two open cases of one customer would ask for a merge. */
function stranger(customers: Customers, taken: Set<DemoCustomer>, at: Date, dice: Dice): DemoCustomer {
  const customer = customers.writer(dice, at)
  if (taken.has(customer)) return stranger(customers, taken, at, dice)
  taken.add(customer)
  return customer
}

type Turn = Scene["turns"][number]

function exchange({ asked, answered }: Turn, place: number, by: string | null, words: Talk, { dice, nameOf }: Present) {
  const more = dice.pick(comebacks)
  const said = [fromCustomer(asked, place === 0 ? words.ask() : words.say(more.ask))]
  if (answered === null || by === null) return said
  const text = place === 0 ? words.answer() : words.reply(nameOf(by), more.answer)
  return [...said, { ...reply(by, answered, text), ask: unasked(answered, false) }]
}

/** A face pressed less than three minutes ago has not settled: it shows as just in. */
function rate(story: DemoCase, { at, face }: NonNullable<Scene["rated"]>, words: Talk, { dice, now }: Present) {
  const ask = story.messages.findLast(({ by }) => by !== null)?.ask
  if (!ask) return
  const vote = accepted(at, face)
  ask.votes = [{ ...vote, settledAt: vote.settledAt && vote.settledAt < now ? vote.settledAt : null }]
  if (face === "happy" && dice.chance(0.7))
    ask.comment = { at: later(at, 0.2), body: words.say(dice.pick(happyComments)) }
}

function embellish(story: DemoCase, extra: Extra, by: string, words: Talk, { dice, now, enclosures }: Present) {
  const [first] = story.messages
  if (extra === "draft")
    story.drafts.push({ by, savedAt: later(now, -dice.between(2, 19)), body: half(words.answer()) })
  if (extra === "note") story.notes.push({ by, at: later(story.openedAt, 4), body: words.say(dice.pick(notes)) })
  if (extra === "out of office") story.messages.push(outOfOffice(story))
  if (!first) return
  first.files = enclosures[extra]
  if (extra === "html" || extra === "inline image") first.html = htmlOf(first, extra === "inline image")
}

/** Somebody stopped in the middle of it. */
const half = (text: string) => text.slice(0, Math.floor(text.length * 0.6)).replace(/\s+\S*$/, "")

function outOfOffice({ customer, messages }: DemoCase): DemoMessage {
  const at = later(messages.at(-1)?.at ?? customer.since, 1.2)
  const text = `Thank you for your message. I'm out of the office until Monday and read no mail.\n\n${customer.name} ${customer.surname}\n${customer.company}`
  return { ...fromCustomer(at, text), machine: "auto", asMail: true }
}

function htmlOf({ text }: DemoMessage, withImage: boolean) {
  const escaped = text.replace(/[&<>]/g, (sign) => ({ "&": "&amp;", "<": "&lt;" })[sign] ?? "&gt;")
  const paragraphs = escaped.split("\n\n").map((part) => `<p>${part.replaceAll("\n", "<br>")}</p>`)
  const image = withImage ? '<p><img src="cid:screen@harbor" alt="What I see" width="320"></p>' : ""
  const style = "font-family:Georgia,serif;font-size:15px;color:#222"
  return `<html><body><div style="${style}">${paragraphs.slice(0, -1).join("")}${image}${paragraphs.at(-1)}</div></body></html>`
}

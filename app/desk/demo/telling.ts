import type { Calendar } from "#app/models/people/hours.ts"
import { teamWords } from "#app/models/ratings/face.ts"
import type { Customers } from "./customers.ts"
import type { Wall } from "./days.ts"
import type { Dice } from "./dice.ts"
import type { DemoAsk, DemoCase, DemoMessage } from "./story.ts"

/** What every story of the past is told with. */
export type Past = {
  wall: Wall
  calendar: Calendar
  customers: Customers
  roster: Map<string, string[]>
  dueBusinessDays: number
  now: Date
  dice: Dice
}

export const fromCustomer = (at: Date, text: string): DemoMessage => ({ ...plain, at, text, by: null })
export const reply = (by: string, at: Date, text: string): DemoMessage => ({ ...plain, at, text, by })
const plain = { quoted: "", html: null, files: [], machine: null, joinedBecause: null, ask: null, asMail: false }

/** The one who is asked for if they are on that day, else somebody who is. */
export function whoIsOn({ roster, dice }: Past, day: string, wished: string | null): string | null {
  const people = roster.get(day) ?? []
  if (wished !== null && people.includes(wished)) return wished
  return people.length === 0 ? null : dice.pick(people)
}

/** Words left with an OK or a frown are the customer speaking: they stand in the case, which waits for us again. */
export function speak(story: DemoCase, { votes, comment }: DemoAsk) {
  const face = votes.at(-1)?.face ?? "happy"
  if (!comment || face === "happy") return
  const joinedBecause = `Left with a rating: ${teamWords[face]}`
  story.messages.push({ ...fromCustomer(comment.at, comment.body), joinedBecause })
}

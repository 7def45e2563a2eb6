import type { DemoCustomer } from "./customers.ts"
import type { Dice } from "./dice.ts"
import { fillIn, type Setting } from "./fill-in.ts"
import { around } from "./words/around.ts"
import { gettingIn } from "./words/getting-in.ts"
import { tones } from "./words/manners.ts"
import { money } from "./words/money.ts"
import { ends, goodbyes, hellos, starts } from "./words/replies.ts"
import type { Topic } from "./words/topic.ts"
import { work } from "./words/work.ts"

export const topics: Topic[] = [...gettingIn, ...money, ...work, ...around]
const billingTopics = topics.filter(({ mailbox }) => mailbox === "billing")
const helpTopics = topics.filter(({ mailbox }) => mailbox === "help")

export const topicFor = (mailbox: Topic["mailbox"] | null, dice: Dice) =>
  dice.weighted(mailbox === null ? topics : mailbox === "billing" ? billingTopics : helpTopics)

/** Everything one case says, with the same project, colleague and month all the way through. */
export type Talk = {
  subject: string
  ask(): string
  answer(): string
  say(template: string): string
  /** Without the usual words around it: to somebody we already talk with. Signed by whoever writes it. */
  reply(by: string, middle: string): string
}

export function talk(topic: Topic, customer: DemoCustomer, agent: string, at: Date, dice: Dice): Talk {
  const setting: Setting = { name: customer.name, surname: customer.surname, company: customer.company, agent, at }
  const { subjects, ask, answer } = dice.pick(topic.matters)
  const said = new Map<string, string>()
  const say = (template: string) => fillIn(template, setting, dice, said)
  const first = () => {
    const start = dice.pick(starts)
    return start === "" ? answer : `${start} ${answer}`
  }
  return {
    subject: capital(say(dice.pick(subjects))),
    ask: () => say(customersLetter(ask, dice)),
    answer: () => say(letter(dice.pick(hellos), [first(), dice.pick(ends)], dice.pick(goodbyes))),
    say,
    reply(by, middle) {
      const text = letter(dice.pick(hellos), [middle], dice.pick(goodbyes))
      return fillIn(text, { ...setting, agent: by }, dice, new Map([...said, ["agent", by]]))
    },
  }
}

function customersLetter(ask: string, dice: Dice) {
  const tone = dice.weighted(tones)
  const middle = [dice.pick(tone.openings), ask, dice.pick(tone.details)]
  return letter(dice.pick(tone.hello), [...middle, dice.pick(tone.partings)], dice.pick(tone.goodbye))
}

const letter = (hello: string, paragraphs: string[], goodbye: string) =>
  [hello, ...paragraphs, goodbye].filter((part) => part !== "").join("\n\n")

const capital = (text: string) => text.slice(0, 1).toUpperCase() + text.slice(1)

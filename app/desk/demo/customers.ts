import type { Dice } from "./dice.ts"
import { firmNames, firmTrades, firstNames, surnames } from "./words/names.ts"

export type DemoCustomer = {
  name: string
  surname: string
  company: string
  address: string
  since: Date
  /** Set when the rows are written. */
  id: number | null
}

export type Customers = {
  all: DemoCustomer[]
  /** Somebody who wrote before, or somebody new: a desk's regulars write about half of its mail. */
  writer(dice: Dice, at: Date): DemoCustomer
}

export function customersOf(returning: number): Customers {
  const all: DemoCustomer[] = []
  const taken = new Set<string>()
  return {
    all,
    writer(dice, at) {
      // The product of two throws leans to the lower end: some customers write ten times, most once or twice.
      const known = dice.chance(returning) ? all[Math.floor(dice.next() * dice.next() * all.length)] : undefined
      if (known) return known
      const made = newCustomer(dice, at, taken)
      all.push(made)
      return made
    },
  }
}

function newCustomer(dice: Dice, since: Date, taken: Set<string>): DemoCustomer {
  const [name, surname] = [dice.pick(firstNames), dice.pick(surnames)]
  const [firm, trade] = [dice.pick(firmNames), dice.pick(firmTrades)]
  const local = plain(dice.chance(0.7) ? `${name}.${surname}` : name)
  const host = `${plain(firm + trade)}.example`
  let address = `${local}@${host}`
  for (let more = 2; taken.has(address); more++) address = `${local}${more}@${host}`
  taken.add(address)
  return { name, surname, company: `${firm} ${trade}`, address, since, id: null }
}

const plain = (text: string) =>
  text
    .normalize("NFD")
    .replace(/[^A-Za-z.]/g, "")
    .toLowerCase()

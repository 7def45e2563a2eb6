import type { Dice } from "./dice.ts"
import { files, firstNames, projects } from "./words/names.ts"

/** Who a text is between, and when. */
export type Setting = {
  name: string
  surname: string
  company: string
  agent: string
  at: Date
}

const months = Array.from({ length: 12 }, (_, month) => named(month, { month: "long" }, Date.UTC(2010, month, 2)))
const weekdays = Array.from({ length: 7 }, (_, day) => named(day, { weekday: "long" }, Date.UTC(2010, 7, 1 + day)))

type Filler = (setting: Setting, dice: Dice) => string

const fillers: Record<string, Filler> = {
  name: ({ name }) => name,
  surname: ({ surname }) => surname,
  initials: ({ name, surname }) => `${name.slice(0, 1)}${surname.slice(0, 1)}`,
  company: ({ company }) => company,
  agent: ({ agent }) => agent,
  colleague: (_, dice) => dice.pick(firstNames),
  project: (_, dice) => dice.pick(projects),
  file: (_, dice) => dice.pick(files),
  n: (_, dice) => String(dice.between(4, 60)),
  amount: (_, dice) => dice.pick(["$24", "$49", "$99", "$149", "$24", "$49"]),
  time: (_, dice) => `${dice.between(8, 17)}:${String(dice.between(0, 59)).padStart(2, "0")}`,
  month: ({ at }, dice) => months[(at.getUTCMonth() + 12 - dice.between(0, 3)) % 12] ?? "",
  weekday: ({ at }, dice) => weekdays[(at.getUTCDay() + 7 - dice.between(1, 2)) % 7] ?? "",
  browser: ({ at }, dice) => dice.pick(at.getUTCFullYear() < 2013 ? oldBrowsers : browsers),
  phone: ({ at }, dice) => dice.pick(at.getUTCFullYear() < 2013 ? oldPhones : phones),
}

const oldBrowsers = ["Firefox 3.6", "Internet Explorer 8", "Safari 5", "Chrome", "Opera"]
const browsers = ["Chrome", "Firefox", "Safari", "Edge"]
const oldPhones = ["iPhone", "HTC", "BlackBerry", "Nokia"]
const phones = ["iPhone", "Pixel", "Galaxy", "tablet"]

/** The same word in braces means the same thing throughout one text: a project does not change its name midway. */
export function fillIn(template: string, setting: Setting, dice: Dice, said: Map<string, string> = new Map()) {
  return template.replace(/\{(\w+)\}/g, (_, word: string) => {
    const known = said.get(word)
    if (known !== undefined) return known
    const filler = fillers[word]
    if (!filler) throw new Error(`no words for {${word}}`)
    const text = filler(setting, dice)
    said.set(word, text)
    return text
  })
}

function named(_: number, options: Intl.DateTimeFormatOptions, at: number) {
  return new Intl.DateTimeFormat("en-GB", { ...options, timeZone: "UTC" }).format(at)
}

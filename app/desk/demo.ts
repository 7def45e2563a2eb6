import { progress } from "@clack/prompts"
import { defineCommand } from "citty"
import { deskNow } from "../clock.server.ts"
import { hasAgents } from "../models/people/agent.server.ts"
import { linkOrigin } from "../models/people/base-url.ts"
import { changeSetting, settings } from "../models/people/settings.server.ts"
import { emailOf, password, team } from "./demo/cast.ts"
import { type Filled, fillDemo, type Progress } from "./demo/fill.server.ts"
import { asJson, tell } from "./flags.ts"
import { Refused } from "./refused.ts"

export const demo = defineCommand({
  meta: { name: "desk demo", description: "Fill an empty desk with a believable past and present" },
  args: {
    full: { type: "boolean", description: "At its real size, 100,000 cases in 2011; takes minutes instead of seconds" },
    ...asJson,
  },
  async run({ args }) {
    const now = deskNow()
    const isNew = !(await hasAgents())
    // A desk nobody has set up goes by the clock of this machine, as it would on the first visit.
    if (isNew) await changeSetting("desk.timeZone", Intl.DateTimeFormat().resolvedOptions().timeZone, now)
    const bar = args.json ? silence : process.stderr.isTTY ? drawnBar() : plainLines()
    const filled = await fillDemo({ full: args.full ?? false, onProgress: bar.onProgress }, now)
    bar.stop()
    if (filled === "not empty") throw new Refused("This desk has cases already; the demo only fills an empty one")
    const people = team.map((person, place) => {
      const role = isNew && place === 0 ? "admin" : person.role
      return { name: person.name, email: emailOf(person), role, password: isNew ? password : null }
    })
    tell(args, { ...filled, people }, wordsFor(filled, people, linkOrigin(await settings())))
  },
})

type Shown = { email: string; role: string; password: string | null }

function wordsFor({ cases, replies, ratings }: Filled, people: Shown[], baseUrl: string) {
  const count = (number: number) => number.toLocaleString("en")
  return [
    `${count(cases)} cases, ${count(replies)} replies and ${count(ratings)} ratings are on the desk`,
    people.some((person) => person.password !== null)
      ? `Sign in at ${baseUrl} with the password ${password} as`
      : `Sign in at ${baseUrl} as yourself. These have no password until you make them a link under People:`,
    ...people.map(({ email, role }) => `  ${email.padEnd(26)} ${role}`),
    "Nothing of this was sent to anybody, and every address ends in .example",
  ].join("\n")
}

type Bar = { onProgress: Progress; stop(): void }

const silence: Bar = { onProgress: () => {}, stop: () => {} }

function drawnBar(): Bar {
  const bar = progress({ max: 100, size: 40, output: process.stderr })
  let shown = 0
  bar.start("Writing a few years of cases")
  return {
    onProgress({ cases, of }) {
      const percent = Math.floor((cases / of) * 100)
      if (percent > shown)
        bar.advance(percent - shown, `${cases.toLocaleString("en")} of ${of.toLocaleString("en")} cases`)
      shown = percent
    },
    stop: () => bar.stop("Written"),
  }
}

/** A line for every tenth, for a log. */
function plainLines(): Bar {
  let shown = 0
  return {
    onProgress({ cases, of }) {
      const tenth = Math.floor((cases / of) * 10)
      if (tenth > shown) process.stderr.write(`${tenth * 10}% ${cases} of ${of} cases\n`)
      shown = tenth
    },
    stop: () => {},
  }
}

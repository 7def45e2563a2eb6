/**
 * npm run bench:sharing [cases] [seed]. One seeded year of a desk of seven, its mail shared in six ways and in the four other
 * choices with all the rest ours. Exits 1 when another one-owner policy is better than ours on both fairness and
 * first-reply p90, or when a case was stranded under ours.
 */
import { simulate } from "#app/models/sharing/simulate.ts"
import { type Figures, figuresOf } from "./sharing-figures.ts"
import { bound, choicesAlone, our, type Policy, peers } from "./sharing-policies.ts"
import { seededYear } from "./sharing-year.ts"

const [size = 100_000, seed = 2011] = process.argv.slice(2).map(Number)
const began = performance.now()
const desk = seededYear(seed, size)
const emails = desk.cases.reduce((sum, { rounds }) => sum + rounds.length, 0)
console.log(`Seed ${seed}: ${size} cases, ${emails} emails, ${desk.people.length} people, one year`)

const results = [...peers(seed), our, bound, ...choicesAlone(seed)].map(played)
console.table(Object.fromEntries(results.map(({ policy, figures }) => [policy.name, row(figures)])))
console.log("Emails per hour on shift, by person")
console.table(Object.fromEntries(results.map(({ policy, figures }) => [policy.name, byPerson(figures)])))

const missed = marksMissed()
console.log(missed.length === 0 ? "Every pass mark is met." : missed.join("\n"))
process.exitCode = missed.length === 0 ? 0 : 1

function played(policy: Policy) {
  const start = performance.now()
  const figures = figuresOf(simulate(desk, policy.rules), desk.clock)
  const seconds = ((performance.now() - start) / 1000).toFixed(1)
  console.log(`  ${policy.name}: ${seconds} s, ${((performance.now() - began) / 1000).toFixed(0)} s in all`)
  return { policy, figures }
}

function row({ mean, maxOverMean, jain, p50, p90, stranded, moves, waiting, unanswered, leadTold }: Figures) {
  return {
    "per hour": mean.toFixed(2),
    "max/mean": maxOverMean.toFixed(3),
    Jain: jain.toFixed(4),
    "p50 h": p50.toFixed(2),
    "p90 h": p90.toFixed(2),
    "stranded min": Math.round(stranded),
    "given per case": moves.toFixed(2),
    "went back": unanswered,
    "lead told": leadTold,
    "still waiting": waiting,
  }
}

function byPerson({ perHour }: Figures) {
  return Object.fromEntries(desk.people.map(({ name }, place) => [name.split(" ")[0], perHour[place]?.toFixed(2)]))
}

function figuresFor(name: string) {
  const found = results.find(({ policy }) => policy.name === name)
  if (!found) throw new Error(`no policy ${name}`)
  return found.figures
}

function marksMissed() {
  const [mine, least] = [figuresFor(our.name), figuresFor(bound.name)]
  console.log(`Gap to the bound: p50 ${gap(mine.p50, least.p50)}, p90 ${gap(mine.p90, least.p90)}`)
  const better = results.filter(
    ({ policy, figures }) => policy.oneOwner && figures.jain > mine.jain && figures.p90 < mine.p90,
  )
  return [
    ...better.map(({ policy }) => `Missed: ${policy.name} is fairer and answers sooner than ours.`),
    ...(mine.stranded > 0 ? [`Missed: ${Math.round(mine.stranded)} stranded minutes under ours.`] : []),
  ]
}

function gap(mine: number, least: number) {
  return `${mine.toFixed(2)} h against ${least.toFixed(2)} h`
}

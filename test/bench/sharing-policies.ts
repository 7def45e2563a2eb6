import { chanceFrom } from "#app/models/sharing/chance.ts"
import { type Candidate, skippedBecause } from "#app/models/sharing/eligible.ts"
import { ourRules } from "#app/models/sharing/our-rules.ts"
import type { SharingRules } from "#app/models/sharing/simulated.ts"

type Choose = SharingRules["choose"]
type Pick = (free: Candidate[]) => Candidate | undefined
export type Policy = { name: string; oneOwner: boolean; rules: SharingRules }

const timeZone = "Europe/Berlin"
const ours = ourRules(timeZone)
const isPresent = ({ presence }: Candidate) => presence.state === "present"

/** As other desks do it: given on arrival to somebody present, kept by them whether they are there or not. */
const asPeersDo = { keepsOwner: true, releases: false, unansweredMinutes: null }

function among(fits: (candidate: Candidate) => boolean, pick: Pick): Choose {
  return (candidates) => pick(candidates.filter(fits))?.agentId ?? null
}

const picks: Record<string, (seed: number) => Pick> = {
  random: (seed) => {
    const chance = chanceFrom(seed)
    return (free) => free[Math.floor(chance.next() * free.length)]
  },
  "round robin": () => {
    let last = 0
    return (free) => {
      const next = free.find(({ agentId }) => agentId > last) ?? free[0]
      last = next?.agentId ?? last
      return next
    }
  },
  "fewest open": () => (free) => free.toSorted((a, b) => a.load - b.load)[0],
  "spare capacity": () => (free) => free.toSorted((a, b) => b.limit - b.load - (a.limit - a.load))[0],
}

const hasRoom = (candidate: Candidate) => isPresent(candidate) && candidate.load < candidate.limit

/** The four other ways of choosing an owner, as peers have them: only spare capacity knows a limit. */
export const peers = (seed: number): Policy[] =>
  Object.entries(picks).map(([name, pick]) => ({
    name,
    oneOwner: true,
    rules: { ...asPeersDo, choose: among(name === "spare capacity" ? hasRoom : isPresent, pick(seed)) },
  }))

const terms = { rampCases: 5, asksFor: [] }

/** The same four choices with everything else as ours: who is eligible, the pool, the release. */
export const choicesAlone = (seed: number): Policy[] =>
  Object.entries(picks).map(([name, pick]) => ({
    name: `${name}, rest ours`,
    oneOwner: true,
    rules: {
      ...ours,
      choose: among((one) => skippedBecause(one, terms) === null, pick(seed)),
    },
  }))

export const our: Policy = { name: "ours", oneOwner: true, rules: ours }

/** One shared queue: whoever is free takes what has waited longest; nobody owns anything. */
export const bound: Policy = {
  name: "bound (shared queue)",
  oneOwner: false,
  rules: {
    choose: among(
      (one) => isPresent(one) && one.load === 0,
      (free) => free.toSorted((a, b) => Number(a.lastGivenAt ?? 0) - Number(b.lastGivenAt ?? 0))[0],
    ),
    keepsOwner: false,
    releases: false,
    unansweredMinutes: null,
  },
}

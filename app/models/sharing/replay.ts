import type { Asked, CandidateRow } from "#db/tables/sharing.ts"
import { rampReached } from "./eligible.ts"
import { chosenFrom } from "./next-agent.ts"

/** A choice the desk's rules made, as it was kept. */
export type KeptChoice = { toAgentId: number | null; candidates: CandidateRow[]; asked: Asked | null }

/** The settings of sharing that decide to whom a case goes. */
export type Trial = { rampCases: number; usualAgent: boolean }

export type Replay = {
  /** Choices asked again, and those kept without enough to ask again. */
  played: number
  notKept: number
  /** To somebody else, or to or from the pool. */
  changed: number
  pool: { given: number; would: number }
  people: { agentId: number; name: string; given: number; would: number }[]
}

/**
 * What the rules would have chosen under other settings, each choice by itself and from the facts kept with it. What
 * would have followed from the others (fuller plates, other shares) is not played.
 */
export function replay(kept: readonly KeptChoice[], trial: Trial): Replay {
  const asked = kept.map((one) => ({ given: one.toAgentId, would: again(one, trial) }))
  const played = asked.flatMap(({ given, would }) => (would === "not kept" ? [] : [{ given, would }]))
  const counts = (agentId: number | null) => ({
    given: played.filter((one) => one.given === agentId).length,
    would: played.filter((one) => one.would === agentId).length,
  })
  const names = new Map(kept.flatMap(({ candidates }) => candidates.map((row) => [row.agentId, row.name] as const)))
  return {
    played: played.length,
    notKept: kept.length - played.length,
    changed: played.filter(({ given, would }) => given !== would).length,
    pool: counts(null),
    people: [...names]
      .map(([agentId, name]) => ({ agentId, name, ...counts(agentId) }))
      .filter(({ given, would }) => given + would > 0)
      .toSorted((a, b) => a.name.localeCompare(b.name) || a.agentId - b.agentId),
  }
}

/** Who would have been given it; null: the pool. */
export function again({ toAgentId, candidates, asked }: KeptChoice, trial: Trial): number | null | "not kept" {
  if (!asked) return "not kept"
  // It waited behind older ones though somebody had room: under any settings it waits its turn.
  if (toAgentId === null && chosenFrom(candidates, asked).agentId !== null) return null
  const rows = candidates.map((row) => underCap(row, asked.rampCases, trial.rampCases))
  if (rows.some((row) => row === null)) return "not kept"
  const known = rows.flatMap((row) => row ?? [])
  return chosenFrom(known, { ...asked, usual: trial.usualAgent ? asked.usual : null }).agentId
}

/**
 * Null: whether the other cap would have skipped them was not kept. So it is with whoever was skipped when the desk kept
 * only words for it: these rows leave the week that is played, and reading words would outlive them.
 */
function underCap(row: CandidateRow, before: number, cap: number): CandidateRow | null {
  if (before === cap) return row
  const { skipped, hindrance, givenSinceCame } = row
  if (skipped !== null && !hindrance) return null
  if (hindrance && hindrance.kind !== "ramp") return row
  if (givenSinceCame === undefined) return null
  const ramp = rampReached(givenSinceCame, cap)
  // Only whether they were skipped counts here: nobody reads the words of a choice that was not made.
  return { ...row, hindrance: ramp, skipped: ramp?.kind ?? null }
}

import type { Asked } from "#db/tables/sharing.ts"
import { type Candidate, goesPast } from "./eligible.ts"
import { asPast } from "./hindrance.ts"
import { presenceWords } from "./presence-words.ts"

/** Somebody a case can be handed to: how they stand, for a list of several, and what handing it to them goes past. */
export type Offered = { agentId: number; name: string; standing: string[]; past: string[] }

/**
 * "4 of 20", "present"; "20 of 20", "present", "past their limit of 20"; "3 of 20", "off till Mon 09:00". Of whoever has
 * the case only what keeps them from it: the list that shows it closed is narrow.
 */
export function offerOf(one: Candidate, holder: number | null, asked: Asked, now: Date): Offered {
  const { agentId, name, presence, load, limit } = one
  const said = { timeZone: asked.timeZone, now }
  const here = presenceWords(presence, "till", said)
  if (agentId === holder) return { agentId, name, standing: presence.state === "present" ? [] : [here], past: [] }
  const past = goesPast(one, asked)
  const more = past.filter(({ kind }) => kind !== presence.state).map((passed) => asPast(passed, said))
  return {
    ...{ agentId, name, standing: [`${load} of ${limit}`, here, ...more] },
    past: past.map((passed) => asPast(passed, said)),
  }
}

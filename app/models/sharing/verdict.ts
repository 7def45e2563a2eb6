import type { CandidateRow } from "#db/tables/sharing.ts"
import type { CaseState } from "../cases/case.ts"
import { atLength, remedyOf } from "./hindrance.ts"
import type { Choice } from "./next-agent.ts"
import { difference, type Kept } from "./why.ts"

/** A choice nobody made, as one that was made is told. */
export const asKept = ({ agentId, rule, reason, rows, asked }: Choice): Kept => ({
  ...{ rule, reason, toAgentId: agentId, candidates: rows, asked },
})

/** Who would get the case if it were given out now, in a sentence. */
export function verdict(choice: Choice, ahead: number): string {
  const chosen = choice.rows.find(({ agentId }) => agentId === choice.agentId)
  if (!chosen) return "Nobody would get it now. It would wait in the pool."
  const turn = ahead === 0 ? "" : ` once ${ahead === 1 ? "an older case is" : `${ahead} older cases are`} given out`
  const why = difference(asKept(choice), chosen)
  return `${chosen.name} would get it${turn}: ${chosen.load} of ${chosen.limit}, ${why}.`
}

/** Where nobody could be given it: what would have to change, a sentence for each person, soonest mended first. */
export function whatWouldHaveToChange({ agentId, rows, asked }: Choice, now: Date): string[] {
  if (agentId !== null) return []
  if (rows.length === 0)
    return [`Nobody answers ${asked.mailbox} yet. An admin can add people under Settings, Mailboxes.`]
  const isElsewhere = ({ hindrance }: CandidateRow) => hindrance?.kind === "not here"
  const said = { timeZone: asked.timeZone, now }
  return rows
    .toSorted((a, b) => Number(isElsewhere(a)) - Number(isElsewhere(b)))
    .flatMap(({ name, hindrance }) =>
      hindrance ? [`${name} ${atLength(hindrance, said)}${remedyOf(hindrance)}.`] : [],
    )
}

/** Why a case that does not wait on us is given to nobody just now; null for one that does. */
export const restsBecause = (state: CaseState): string | null => rests[state] ?? null

const rests: Partial<Record<CaseState, string>> = {
  "waiting-on-them": "It waits on the customer. This is who would get it if they wrote now.",
  snoozed: "It is snoozed. This is who would get it if it came back now.",
  closed: "It is closed. This is who would get it if it were reopened now.",
  spam: "It is spam and is given to nobody. This is who would get it otherwise.",
  merged: "It was merged into another case and is given to nobody. This is who would get it otherwise.",
}

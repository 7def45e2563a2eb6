import type { FrownState, Step } from "#app/models/frowns/frown.ts"
import type { Face as FaceName } from "#app/models/ratings/face.ts"
import { Length, Time } from "../time.tsx"

const turned: Partial<Record<FrownState, FaceName>> = { flipped: "happy", improved: "ok", withdrawn: "ok" }

/** The face the customer wears by now. */
export const faceNow = (state: FrownState): FaceName => turned[state] ?? "frown"

const words: Record<FrownState, string> = {
  new: "Nobody has it yet",
  claimed: "Claimed",
  contacted: "They heard from us, it is their turn",
  flipped: "Flipped",
  improved: "Improved",
  unmoved: "Frowned again",
  "no answer": "No answer in 14 days",
  unreachable: "Our mail does not reach them",
  withdrawn: "Corrected by the customer before we wrote",
  void: "The rating is void",
  "let go": "Let go",
}
export const stateWords = (state: FrownState) => words[state]

type Due = { step: Step | null; late: boolean; state: FrownState; dueAt: string; outcomeAt: string | null }

/** What is to be done next and by when; how late, when it is. */
export function NextStep({ step, late, state, dueAt, outcomeAt }: Due) {
  if (step === "contact")
    return late ? (
      <strong className="frown__late">
        Late by <Length at={dueAt} />
      </strong>
    ) : (
      <span>
        Write by <Time at={dueAt} />
      </span>
    )
  if (step === "wait") return <span className="quiet">{stateWords(state)}</span>
  return (
    <span>
      {stateWords(state)}
      {outcomeAt ? (
        <>
          {" "}
          <Time at={outcomeAt} />
        </>
      ) : null}
      {step === "close" ? ", to be closed" : ""}
    </span>
  )
}

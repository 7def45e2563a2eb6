import { useContext } from "react"
import { sayDate } from "#app/models/people/when.ts"
import { type Face as FaceName, teamWords } from "#app/models/ratings/face.ts"
import { Face } from "./face.tsx"
import { DeskTimeContext, Time } from "./time.tsx"

export type VoidFacts = { by: string | null; at: string; because: string }

/** Where a rating stands that counts in no figure: who took it out, when and why. */
export function VoidWords({ voiding: { by, at, because } }: { voiding: VoidFacts }) {
  return (
    <>
      void, not counted: {by ?? "the desk"}, <Time at={at} />
      {because ? `, “${because}”` : ""}
    </>
  )
}

/** The same where there is room for a face only. */
export function VoidMark({ face, voiding, size = 18 }: { face: FaceName; voiding: VoidFacts; size?: number }) {
  const { zone } = useContext(DeskTimeContext)
  const { by, at, because } = voiding
  const words = `${teamWords[face]}, void, not counted: ${by ?? "the desk"}, ${sayDate(new Date(at), zone)}${because ? `, “${because}”` : ""}`
  return (
    <span className="face-mark face-mark--void" title={words}>
      <Face face={face} size={size} />
      <span className="spoken">{words}</span>
    </span>
  )
}

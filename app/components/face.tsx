import type { ReactNode } from "react"
import { type Face as FaceName, teamWords } from "#app/models/ratings/face.ts"

/** One line turns: it is all that differs between the three. Drawn for 16 px and for 200 px. */
const mouths: Record<FaceName, string> = {
  happy: "M6.9 13.9c1.1 2.4 2.9 3.7 5.1 3.7s4-1.3 5.1-3.7",
  ok: "M7.4 15.6h9.2",
  frown: "M6.9 17.4c1.1-2.4 2.9-3.7 5.1-3.7s4 1.3 5.1 3.7",
}

/** The brand. Only a drawing: whoever shows it says the word or the number beside it. */
export function Face({ face, size = 20 }: { face: FaceName; size?: number }) {
  return (
    <svg className={`face face--${face}`} width={size} height={size} viewBox="0 0 24 24" aria-hidden="true">
      <circle className="face__head" cx="12" cy="12" r="10.75" />
      <path className="face__line" d={`M8.6 8.1v1.6M15.4 8.1v1.6${mouths[face]}`} />
    </svg>
  )
}

/** A face with its word, or with what stands in for the word: a number, "Unhappy" before a customer. */
export function FaceWord({ face, size = 20, children }: { face: FaceName; size?: number; children?: ReactNode }) {
  return (
    <span className={`face-word face-word--${face}`}>
      <Face face={face} size={size} />
      {children ?? teamWords[face]}
    </span>
  )
}

/** A face in a line of text, with its word for whoever listens. */
export function FaceMark({ face, size = 16 }: { face: FaceName; size?: number }) {
  return (
    <span className="face-mark" title={teamWords[face]}>
      <Face face={face} size={size} />
      <span className="spoken">{teamWords[face]}</span>
    </span>
  )
}

/** Ratings in the order they came, oldest first. */
export function FaceStrip({ faces }: { faces: readonly FaceName[] }) {
  return (
    <ol className="face-strip" aria-label={stripWords(faces)}>
      {faces.map((face, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a strip is only ever drawn whole
        <li key={place}>
          <FaceMark face={face} />
        </li>
      ))}
    </ol>
  )
}

function stripWords(faces: readonly FaceName[]) {
  const count = (face: FaceName) => faces.filter((each) => each === face).length
  return `${count("happy")} happy, ${count("ok")} OK, ${count("frown")} ${count("frown") === 1 ? "frown" : "frowns"}`
}

import { Link } from "@remix-run/react"
import type { Piece } from "#app/models/happiness/sentence.ts"
import { means } from "./definitions.ts"

/** The year in one sentence. Each number wears its face's colour and opens its cases; words carry the meaning alone. */
export function Sentence({
  pieces,
  pathOf,
}: {
  pieces: Piece[]
  pathOf: (piece: Exclude<Piece, string>) => string | null
}) {
  return (
    <p className="sentence">
      {pieces.map((piece, place) => {
        // biome-ignore-start lint/suspicious/noArrayIndexKey: a sentence is only ever said whole
        if (typeof piece === "string") return <span key={place}>{kept(piece)}</span>
        const path = pathOf(piece)
        const className = `sentence__number sentence__number--${piece.face}`
        return path ? (
          <Link key={place} className={className} to={path} title={means.face(piece.face)}>
            {piece.text}
          </Link>
        ) : (
          <span key={place} className={className}>
            {piece.text}
          </span>
        )
        // biome-ignore-end lint/suspicious/noArrayIndexKey: a sentence is only ever said whole
      })}
    </p>
  )
}

/** A ratio is one figure: no line ends inside it. */
const kept = (words: string) =>
  words
    .replaceAll(" / ", "\u00a0/\u00a0")
    .replace(/^ (happy|OK|frown)/, "\u00a0$1")
    .replace(/(\d) → (\d)/, "$1\u00a0→\u00a0$2")

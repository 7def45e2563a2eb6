import type { Marked } from "#app/models/cases/snippet.ts"

/** Text with what was searched for marked in it. */
export function FoundWords({ pieces }: { pieces: Marked }) {
  return (
    <>
      {pieces.map(({ text, isFound }, place) =>
        // biome-ignore lint/suspicious/noArrayIndexKey: text that was written does not change
        isFound ? <mark key={place}>{text}</mark> : <span key={place}>{text}</span>,
      )}
    </>
  )
}

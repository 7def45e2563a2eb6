import type { CaseMessage } from "./facts.ts"

/** What a mail brought besides words: an invitation, a signature nobody has checked, an envelope to be opened elsewhere. */
export function Marks({ marks }: Pick<CaseMessage, "marks">) {
  if (marks.length === 0) return null
  return (
    <ul className="marks small" aria-label="Also in this mail">
      {marks.map(({ kind, words }) => (
        <li key={words} dir="auto" className={`mark mark--${kind.replaceAll(" ", "-")}`}>
          {words}
        </li>
      ))}
    </ul>
  )
}

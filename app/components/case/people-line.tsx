import { shortened } from "./shortened.ts"

/** Whom a mail went to: a few of them, and the rest behind one word. */
export function PeopleLine({ before, people, after }: { before: string; people: string[]; after?: string }) {
  const { shown, more } = shortened(people)
  if (more.length === 0)
    return (
      <>
        {before} {shown.join(", ")}
        {after ? ` ${after}` : ""}
      </>
    )
  return (
    <>
      {before} {shown.join(", ")}{" "}
      <details className="people-line">
        <summary>and {more.length} more</summary> {more.join(", ")}
      </details>
      {after ? ` ${after}` : ""}
    </>
  )
}

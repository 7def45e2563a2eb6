import type { CasePage } from "./facts.ts"

/** A merged case may be longer than what is shown: how much is not, so that nobody takes the part for the whole. */
export function Elsewhere({ elsewhere: { messages, notes } }: Pick<CasePage, "elsewhere">) {
  const parts = [counted(messages, "message"), counted(notes, "note")].filter((part) => part !== "")
  if (parts.length === 0) return null
  const one = messages + notes === 1
  return (
    <p className="quiet small">
      {parts.join(" and ")} of this case {one ? "is" : "are"} in a mailbox you have no access to and{" "}
      {one ? "is" : "are"} not shown here.
    </p>
  )
}

const counted = (count: number, what: string) => (count === 0 ? "" : `${count} ${what}${count === 1 ? "" : "s"}`)

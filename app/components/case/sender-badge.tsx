import type { CaseMessage } from "./facts.ts"

/** How sure it is who sent it. Most mail is neither proven nor refuted, and nothing is said of it. */
export function SenderBadge({ message: { authenticity, kind } }: { message: CaseMessage }) {
  if (kind !== "email" || (authenticity !== "pass" && authenticity !== "fail")) return null
  return authenticity === "pass" ? (
    <span className="sender-badge" title="The sender's domain vouches for this mail">
      ✓ Sender proven
    </span>
  ) : (
    <span className="sender-badge sender-badge--fail" title="This mail fails the checks its sender's domain asks for">
      ⚠ Sender not proven
    </span>
  )
}

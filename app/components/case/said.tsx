import type { CasePage } from "./facts.ts"

/** What a press could not do, said on the page it came back to. The words are ours; the address only names them. */
export function Said({ code, kase, colleagues }: Pick<CasePage, "kase" | "colleagues"> & { code: string | null }) {
  const holder = colleagues.find(({ agentId }) => agentId === kase.agentId)?.name ?? "Nobody"
  const words = code ? sentences(holder)[code] : null
  if (!words) return null
  return (
    <p className="notice notice--warn" role="status">
      {words}
    </p>
  )
}

const sentences = (holder: string): Partial<Record<string, string>> => ({
  "somebody-else": `${holder} has this case by now. Nothing was changed.`,
  "not-there": "They do not answer this mailbox, so the case stays where it is.",
  "not-now": "That is not possible in this state. The page shows the case as it is now.",
  empty: "There was nothing to keep: write something first.",
  "too-long": "That is too long to keep. Shorten it, or attach it as a file.",
  "something-new": "Not sent yet: something new arrived in this case while you wrote. Read it above, then send again.",
  "no-recipient": "Not sent: there is nobody to send it to. Add an address under CC.",
  "bad-address": "Not sent: one of the addresses under CC is not an email address.",
  "too-late": "It had left already and could not be undone.",
  "pick-a-time": "Pick a time in the future for the case to come back.",
})

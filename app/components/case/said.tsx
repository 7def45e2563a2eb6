import { useRootFrame } from "../use-root.ts"
import type { CasePage } from "./facts.ts"
import { ownIn, saidAlready } from "./said-already.tsx"

type Props = Pick<CasePage, "kase" | "colleagues"> & { code: string | null } & (
    | { about: "case" }
    | ({ about: "writing" } & Pick<CasePage, "messages" | "notes">)
  )

/**
 * What a press could not do, said where it was pressed: at the head of the case, or where one writes. The words are
 * ours; the address only names them.
 */
export function Said(props: Props) {
  const { code, kase, colleagues } = props
  const me = useRootFrame()?.me.id
  const holder = colleagues.find(({ agentId }) => agentId === kase.agentId)?.name ?? "Nobody"
  if (!code) return null
  const words =
    props.about === "case" ? aboutCase(holder)[code] : (aboutWriting[code] ?? saidAlready(code, ownIn(props, me)))
  if (!words) return null
  return (
    <p className="notice notice--warn" role="status">
      {words}
    </p>
  )
}

type Sentences = Partial<Record<string, string>>

const aboutCase = (holder: string): Sentences => ({
  "somebody-else": `${holder} has this case by now. Nothing was changed.`,
  "not-there": "They do not answer this mailbox, so the case stays where it is.",
  invited: "They were invited and have not signed in yet, so the case stays where it is.",
  "not-now": "That is not possible in this state. The page shows the case as it is now.",
  "no-other": "There is no such case in your mailboxes. Nothing was moved.",
  "too-late": "It had left already and could not be undone.",
  "no-reason": "A rating is void for a reason only. Write it beside the face, then press again.",
  "pick-a-time": "Pick a time in the future for the case to come back.",
})

const aboutWriting: Sentences = {
  moved: "The case you wrote in was merged into this one meanwhile. Your words are below: look at both, then send.",
  empty: "There was nothing to keep: write something first.",
  "too-long": "That is too long to keep. Shorten it, or attach it as a file.",
  "files-too-large": "Files may be 25 MB in all. Your words are kept; choose fewer or smaller files.",
  "file-gone": "Not sent: a file of your draft is no longer there. Look at the files below and attach it again.",
  "something-new": "Not sent yet: something new arrived in this case while you wrote. Read it above, then send again.",
  "no-recipient": "Not sent: there is nobody to send it to. Add an address under CC.",
  "too-many":
    "Not sent: a reply goes to at most 100 addresses. Untick some, and write to them in a reply of their own.",
  "bad-address": "Not sent: one of the addresses under CC is not an email address.",
}

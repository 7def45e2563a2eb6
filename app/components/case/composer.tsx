import { useCallback, useSyncExternalStore } from "react"
import { Time } from "../time.tsx"
import { useRootFrame } from "../use-root.ts"
import { readCopy } from "../words/browser-copy.ts"
import type { CasePage } from "./facts.ts"
import { NoteForm } from "./note-form.tsx"
import { ReplyForm } from "./reply-form.tsx"
import { Said } from "./said.tsx"
import { WordsElsewhere } from "./words-elsewhere.tsx"

type Page = CasePage & { said: string | null; list: string }

/** Reply and note, one open at a time. Everything is a form: what script adds is the saved draft and the keys. */
export function Composer(page: Page) {
  const { kase, drafts } = page
  const hasCopy = useHasCopy(kase.number)
  const isNote = page.said === "noted-already"
  const isOver = kase.state === "spam" || kase.state === "merged"
  if (isOver && !drafts.mine && !hasCopy) return null
  return (
    <section className="composer" aria-label="Write" id="write">
      <Said code={page.said} about="writing" {...page} />
      <WordsElsewhere {...page} />
      <details className="composer__part" {...{ name: "write" }} open={!isNote}>
        <summary>Reply</summary>
        <ReplyForm key={kase.number} {...page} />
      </details>
      <details className="composer__part composer__part--note" {...{ name: "write" }} open={isNote}>
        <summary>Note</summary>
        <NoteForm key={kase.number} {...page} />
      </details>
      {drafts.others.map(({ name, savedAt }) => (
        <p className="composer__other" key={name} dir="auto">
          {name} is drafting here, last saved <Time at={savedAt} />
        </p>
      ))}
    </section>
  )
}

/** Whether this browser has words of theirs for the case. Of a case that is over, they are why one can still see where one wrote. */
function useHasCopy(number: number) {
  const me = useRootFrame()?.me.id ?? 0
  const look = useCallback(
    () => ["replies", "notes"].some((form) => hasWords(readCopy(me, `/cases/${number}/${form}`))),
    [me, number],
  )
  return useSyncExternalStore(never, look, () => false)
}

const never = () => () => {}
const hasWords = (copy: ReturnType<typeof readCopy>) =>
  copy?.fields.some(([name, value]) => (name === "text" || name === "body") && value.trim() !== "") ?? false

import { useContext, useEffect, useState } from "react"
import { onKey } from "./keys.ts"
import { PostForm } from "./post-form.tsx"
import { DeskTimeContext } from "./time.tsx"

export type Held = { mailId: number; caseNumber: number; subject: string; undoUntil: string }

/** For as long as a reply can still be taken back. Without script it stays, and the server says when it is too late. */
export function UndoBar({ held }: { held: Held }) {
  const { now } = useContext(DeskTimeContext)
  const left = useSecondsLeft(Date.parse(held.undoUntil) - Date.parse(now), held.mailId)
  if (left <= 0) return null
  return (
    <div className="undo-bar" role="status">
      <p>
        Your reply to <q dir="auto">{held.subject}</q> leaves in <span aria-hidden="true">{left} s</span>
        <span className="spoken">a moment</span>
      </p>
      <PostForm action={`/cases/${held.caseNumber}/undo`}>
        <button className="button button--small" type="submit" name="mailId" value={held.mailId} {...onKey("z")}>
          Undo
        </button>
      </PostForm>
    </div>
  )
}

function useSecondsLeft(milliseconds: number, mailId: number) {
  const [left, setLeft] = useState(Math.ceil(milliseconds / 1000))
  // biome-ignore lint/correctness/useExhaustiveDependencies: another mail begins another count
  useEffect(() => {
    const end = performance.now() + milliseconds
    const tick = () => setLeft(Math.ceil((end - performance.now()) / 1000))
    tick()
    const timer = setInterval(tick, 250)
    return () => clearInterval(timer)
  }, [milliseconds, mailId])
  return left
}

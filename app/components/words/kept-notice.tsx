import { type RefObject, useEffect, useState } from "react"
import { Time } from "../time.tsx"
import { useRootFrame } from "../use-root.ts"
import { dropCopy } from "./browser-copy.ts"
import { nameOf } from "./form-name.ts"
import { forgetFields } from "./post-words.ts"

type Props = { form: RefObject<HTMLFormElement>; from: string | null }

/** Over a form whose fields hold what was written earlier: it is not what the desk knows. */
export function KeptNotice({ form, from }: Props) {
  const agentId = useRootFrame()?.me.id ?? null
  const [isGone, setGone] = useState(false)
  useEffect(() => {
    setGone(false)
    show(form.current, from !== null)
  }, [form, from])
  if (!from || isGone) return null
  const discard = () => {
    const mine = form.current
    if (!mine || agentId === null) return
    mine.reset()
    dropCopy(agentId, nameOf(mine))
    void forgetFields(nameOf(mine))
    setGone(true)
  }
  return (
    <p className="kept small" role="status">
      <span className="quiet">
        Written <Time at={from} />, not sent yet
      </span>
      <button className="button button--link" type="button" onClick={discard}>
        Discard
      </button>
    </p>
  )
}

/** What was written is seen; where that would fold away something else, the fold says that it holds something. */
function show(form: HTMLFormElement | null, isKept: boolean) {
  const fold = form?.closest("details")
  if (fold?.name) fold.toggleAttribute("data-kept", isKept)
  else if (fold && isKept) fold.open = true
}

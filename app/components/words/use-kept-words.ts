import { type RefObject, useEffect, useState } from "react"
import { onPressEnd } from "../connection/press-end.ts"
import { useRootFrame } from "../use-root.ts"
import { dropCopy, readCopy, writeCopy } from "./browser-copy.ts"
import { emptyWritten, fieldsFrom, fieldsOf, isTouched, putBack } from "./fields.ts"
import { nameOf } from "./form-name.ts"
import { forgetFields } from "./post-words.ts"
import { saver } from "./saver.ts"

/** When the desk kept it last, whether that failed since, and when what was put back had been written. */
export type Kept = { at: string | null; failed: boolean; backFrom: string | null }

type Options = {
  /** Where it is sent: another place is another form. */
  to: string
  /** Sends what stands in the form to be kept by the desk. */
  post: (form: HTMLFormElement, init: RequestInit) => Promise<Response>
  /** The desk's copy, where it is not in the page already. */
  fields: [name: string, value: string][] | null
  savedAt: string | null
  /** The page itself begins with the desk's copy. */
  isDraft: boolean
  /** Once sent, what was written still stands in it: a page of settings. */
  stays?: boolean
}

/**
 * Keeps what is typed into a form: in the browser at each change, on the desk a second after. Puts it back when the form
 * is there again, and lets go of it once the desk has taken the form itself.
 */
export function useKeptWords(
  ref: RefObject<HTMLFormElement>,
  { to, post, fields, savedAt, isDraft, stays }: Options,
): Kept {
  const agentId = useRootFrame()?.me.id ?? null
  const [kept, setKept] = useState<Kept>({ at: savedAt, failed: false, backFrom: null })
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is put back is what stood there when the form came
  useEffect(() => {
    const form = ref.current
    if (!form || agentId === null) return
    const name = nameOf(form)
    const say = (part: Partial<Kept>) => setKept((before) => ({ ...before, ...part }))
    const remember = (isSaved: boolean, pressed: string | null = null) => {
      const copy = { fields: fieldsOf(form), at: Date.now(), isSaved, pressed }
      if (isDraft || isTouched(form)) writeCopy(agentId, name, copy)
      else dropCopy(agentId, name)
    }
    const save = saver(
      (init) => post(form, init),
      (isDone) => {
        if (isDone) remember(true)
        say(isDone ? { at: new Date().toISOString(), failed: false } : { failed: true })
      },
    )
    const typed = () => {
      remember(false)
      save.soon()
    }
    const sent = () => {
      save.stop()
      remember(false, opIdOf(form)?.value ?? null)
    }
    const left = (event: FocusEvent) => isSending(event.relatedTarget) || save.now()
    const ended = onPressEnd(({ path, opId, isTaken }) => {
      if (path !== name.split("#")[0] || opId !== opIdOf(form)?.value) return
      if (!isTaken) return typed()
      save.stop()
      dropCopy(agentId, name)
      if (!isDraft) void forgetFields(name)
      if (!stays) emptyWritten(form, isDraft)
      say({ at: null, failed: false, backFrom: null })
    })
    const back = restored(form, agentId, name, fields, savedAt)
    say({ at: savedAt, failed: false, backFrom: back })
    if (back && readCopy(agentId, name)?.isSaved === false) save.soon()
    form.addEventListener("input", typed)
    form.addEventListener("focusout", left)
    // What is sent is no draft any more: a save that overtook the sending would bring it back.
    form.addEventListener("submit", sent)
    addEventListener("pagehide", save.now)
    return () => {
      save.now()
      save.stop()
      ended()
      form.removeEventListener("input", typed)
      form.removeEventListener("focusout", left)
      form.removeEventListener("submit", sent)
      removeEventListener("pagehide", save.now)
    }
  }, [ref, agentId, to])
  return kept
}

/** Puts back what the browser has and the desk has not, or else the desk's copy; when it was written, if that changed anything. */
function restored(
  form: HTMLFormElement,
  agentId: number,
  name: string,
  fields: Options["fields"],
  savedAt: string | null,
) {
  const copy = readCopy(agentId, name)
  if (copy?.isSaved) {
    // The desk had it and has it no more: it was sent, from here or from elsewhere.
    if (savedAt === null) dropCopy(agentId, name)
  } else if (copy) {
    const id = opIdOf(form)
    if (copy.pressed && id) id.value = copy.pressed
    return putBack(form, copy.fields) ? new Date(copy.at).toISOString() : null
  }
  return fields && putBack(form, fieldsFrom(form, fields)) ? savedAt : null
}

const opIdOf = (form: HTMLFormElement) => form.querySelector<HTMLInputElement>("input[name=opId]")
const isSending = (target: EventTarget | null) => target instanceof Element && target.closest("[type=submit]") !== null

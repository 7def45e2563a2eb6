import { type RefObject, useEffect, useState } from "react"
import { onPressEnd } from "../connection/press-end.ts"
import { useRoot } from "../use-root.ts"
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
  const root = useRoot()
  const agentId = root?.frame?.me.id ?? null
  const [kept, setKept] = useState<Kept>({ at: savedAt, failed: false, backFrom: null })
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is put back is what stood there when the form came
  useEffect(() => {
    const form = ref.current
    if (!form || agentId === null) return
    const name = nameOf(form)
    const say = (part: Partial<Kept>) => setKept((before) => ({ ...before, ...part }))
    const remember = (at: string | null, pressed: string | null = null) => {
      const copy = { fields: fieldsOf(form), at: Date.now(), savedAt: at, pressed }
      if (isDraft || isTouched(form)) writeCopy(agentId, name, copy)
      else dropCopy(agentId, name)
    }
    const save = saver(
      (init) => post(form, init),
      (at, isLatest) => {
        if (at !== null && isLatest) remember(at)
        say(at === null ? { failed: true } : { at, failed: false })
      },
    )
    const typed = () => {
      remember(null)
      save.soon()
    }
    const sent = () => {
      save.stop()
      remember(null, opIdOf(form)?.value ?? null)
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
    const back = restored(form, agentId, name, { fields, savedAt, readAt: root?.now ?? "" })
    say({ at: savedAt, failed: false, backFrom: back })
    if (back && readCopy(agentId, name)?.savedAt === null) save.soon()
    form.addEventListener("input", typed)
    form.addEventListener("focusout", left)
    // What is sent is no draft any more: a save that overtook the sending would bring it back.
    form.addEventListener("submit", sent)
    addEventListener("pagehide", save.now)
    return () => {
      save.end()
      ended()
      form.removeEventListener("input", typed)
      form.removeEventListener("focusout", left)
      form.removeEventListener("submit", sent)
      removeEventListener("pagehide", save.now)
    }
  }, [ref, agentId, to])
  return kept
}

/** How long the desk may take from its clock to the commit: a page that was read meanwhile has not got it. */
const untilCommitted = 2000

type OnDesk = Pick<Options, "fields" | "savedAt"> & { readAt: string }

/** Puts back what the browser has and the page has not, or else the desk's copy; when it was written, if that changed anything. */
function restored(form: HTMLFormElement, agentId: number, name: string, { fields, savedAt, readAt }: OnDesk) {
  const copy = readCopy(agentId, name)
  const isOnDesk = copy?.savedAt && Date.parse(copy.savedAt) + untilCommitted < Date.parse(readAt)
  if (copy && !isOnDesk) {
    const id = opIdOf(form)
    if (copy.pressed && id) id.value = copy.pressed
    return putBack(form, copy.fields) ? new Date(copy.at).toISOString() : null
  }
  // The desk had it and has it no more: it was sent, from here or from elsewhere.
  if (copy && savedAt === null) dropCopy(agentId, name)
  return fields && putBack(form, fieldsFrom(form, fields)) ? savedAt : null
}

const opIdOf = (form: HTMLFormElement) => form.querySelector<HTMLInputElement>("input[name=opId]")
const isSending = (target: EventTarget | null) => target instanceof Element && target.closest("[type=submit]") !== null

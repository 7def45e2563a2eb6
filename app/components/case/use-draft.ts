import { useLocation } from "@remix-run/react"
import { type RefObject, useEffect, useState } from "react"

const pause = 1000

export type Saved = { at: string | null; failed: boolean }

/** Saves what is being written a second after the typing stops, and when the page is left. When it was last saved. */
export function useDraft(form: RefObject<HTMLFormElement>, to: string, savedBefore: string | null): Saved {
  const [saved, setSaved] = useState<Saved>({ at: savedBefore, failed: false })
  useEffect(() => {
    const writing = form.current
    if (!writing) return
    setSaved({ at: savedBefore, failed: false })
    let timer: ReturnType<typeof setTimeout> | undefined
    let underWay = new AbortController()
    const stop = () => {
      clearTimeout(timer)
      timer = undefined
      underWay.abort()
    }
    const save = () => {
      stop()
      underWay = new AbortController()
      const { signal } = underWay
      const failed = () => signal.aborted || setSaved((before) => ({ ...before, failed: true }))
      post(writing, to, signal).then((answer) => (answer.ok ? setSaved(justNow()) : failed()), failed)
    }
    const later = () => {
      clearTimeout(timer)
      timer = setTimeout(save, pause)
    }
    const now = () => timer !== undefined && save()
    const left = (event: FocusEvent) => isSending(event.relatedTarget) || now()
    writing.addEventListener("input", later)
    writing.addEventListener("focusout", left)
    // What is sent is no draft any more: a save that overtook the sending would bring it back.
    writing.addEventListener("submit", stop)
    addEventListener("pagehide", now)
    return () => {
      now()
      writing.removeEventListener("input", later)
      writing.removeEventListener("focusout", left)
      writing.removeEventListener("submit", stop)
      removeEventListener("pagehide", now)
    }
  }, [form, to, savedBefore])
  return saved
}

const justNow = (): Saved => ({ at: new Date().toISOString(), failed: false })
const isSending = (target: EventTarget | null) => target instanceof Element && target.closest("[type=submit]") !== null

/** An undone reply comes back as a draft, to a page that may never have been left. */
export function useRestoredDraft(form: RefObject<HTMLFormElement>, body: string) {
  const { key } = useLocation()
  // biome-ignore lint/correctness/useExhaustiveDependencies: only where somebody has gone somewhere, not at each save
  useEffect(() => {
    const text = form.current?.querySelector("textarea")
    if (text && text.value === "" && body !== "") text.value = body
  }, [key])
}

/** Signed out meanwhile, the answer is a redirect: that is not saved. */
function post(form: HTMLFormElement, to: string, signal: AbortSignal) {
  const given = new FormData(form)
  const body = new URLSearchParams({ body: String(given.get("text") ?? "") })
  for (const cc of given.getAll("cc")) body.append("cc", String(cc))
  // A browser lets only so much outlive its page.
  const keepalive = body.toString().length < 60_000
  return fetch(to, { method: "POST", body, signal, keepalive, redirect: "manual" })
}

import { useLocation } from "@remix-run/react"
import { type RefObject, useEffect, useState } from "react"

const pause = 1000

/** Saves what is being written a second after the typing stops, and when the page is left. When it was last saved. */
export function useDraft(form: RefObject<HTMLFormElement>, to: string, savedBefore: string | null) {
  const [savedAt, setSavedAt] = useState(savedBefore)
  useEffect(() => {
    const writing = form.current
    if (!writing) return
    setSavedAt(savedBefore)
    let timer: ReturnType<typeof setTimeout> | undefined
    const save = () => {
      clearTimeout(timer)
      timer = undefined
      post(writing, to).then((answer) => answer.ok && setSavedAt(new Date().toISOString()), ignored)
    }
    const later = () => {
      clearTimeout(timer)
      timer = setTimeout(save, pause)
    }
    const now = () => timer !== undefined && save()
    // What is sent is no draft any more: a save behind it would bring it back.
    const stop = () => {
      clearTimeout(timer)
      timer = undefined
    }
    writing.addEventListener("input", later)
    writing.addEventListener("focusout", now)
    writing.addEventListener("submit", stop)
    addEventListener("pagehide", now)
    return () => {
      now()
      writing.removeEventListener("input", later)
      writing.removeEventListener("focusout", now)
      writing.removeEventListener("submit", stop)
      removeEventListener("pagehide", now)
    }
  }, [form, to, savedBefore])
  return savedAt
}

/** An undone reply comes back as a draft, to a page that may never have been left. */
export function useRestoredDraft(form: RefObject<HTMLFormElement>, body: string) {
  const { key } = useLocation()
  // biome-ignore lint/correctness/useExhaustiveDependencies: only where somebody has gone somewhere, not at each save
  useEffect(() => {
    const text = form.current?.querySelector("textarea")
    if (text && text.value === "" && body !== "") text.value = body
  }, [key])
}

function post(form: HTMLFormElement, to: string) {
  const given = new FormData(form)
  const body = new URLSearchParams({ body: String(given.get("text") ?? "") })
  for (const cc of given.getAll("cc")) body.append("cc", String(cc))
  return fetch(to, { method: "POST", body, keepalive: true })
}

/** A save that did not get through is tried again with the next word; the page does not interrupt the writer. */
const ignored = () => {}

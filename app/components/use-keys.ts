import { useEffect } from "react"
import { carried } from "./keys.ts"
import { isTyping } from "./typing.ts"

const patience = 1000

/**
 * Makes the keys of the sheet work on whatever page is open. None fires while somebody types, and the second key of a
 * sequence never means what it means alone: `g e` goes somewhere, it does not close the case.
 */
export function useKeys() {
  useEffect(() => {
    let before = { key: "", at: 0 }
    const hear = (event: KeyboardEvent) => {
      const { key, ctrlKey, metaKey, altKey, shiftKey, timeStamp } = event
      if (ctrlKey || metaKey) return key === "Enter" && send(event, shiftKey ? "[data-send-close]" : "[data-send]")
      if (altKey || event.defaultPrevented || isTyping(event.target)) return
      const keys = before.key === "g" && timeStamp - before.at < patience ? `g ${key}` : key
      before = { key: keys === key ? key : "", at: timeStamp }
      if (carried.includes(keys)) press(event, keys)
    }
    addEventListener("keydown", hear)
    // Whoever drives a browser by script waits for this: a key pressed before it is not heard.
    document.body.dataset.keys = "heard"
    return () => {
      removeEventListener("keydown", hear)
      delete document.body.dataset.keys
    }
  }, [])
}

function press(event: KeyboardEvent, keys: string) {
  const all = [...document.querySelectorAll<HTMLElement>(`[data-key="${keys}"]`)]
  const target = all.find((element) => element.checkVisibility() || element.closest("details:not([open])"))
  if (!target) return
  event.preventDefault()
  activate(target)
}

/** What can be written in is opened and focused, a menu is opened at its first choice, anything else is pressed. */
function activate(target: HTMLElement) {
  const fold = target.closest("details")
  if (target.matches("input, textarea, select")) {
    if (fold) fold.open = true
    target.scrollIntoView({ block: "nearest" })
    return target.focus()
  }
  target.click()
  if (target.matches("summary")) fold?.querySelector<HTMLElement>("button, a, input")?.focus()
}

function send(event: KeyboardEvent, button: string) {
  const form = event.target instanceof HTMLElement ? event.target.closest("form") : null
  const submit = form?.querySelector<HTMLButtonElement>(button)
  if (!submit || submit.disabled) return
  event.preventDefault()
  submit.click()
}

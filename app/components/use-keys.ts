import { useEffect } from "react"
import { tinykeys } from "tinykeys"
import { carried } from "./keys.ts"
import { isTyping } from "./typing.ts"

/** Makes the keys of the sheet work on whatever page is open. None fires while somebody types. */
export function useKeys() {
  useEffect(() => {
    const single = carried.map((keys) => [
      keys === "?" ? "Shift+?" : keys,
      (event: KeyboardEvent) => press(event, keys),
    ])
    return tinykeys(window, {
      ...Object.fromEntries(single),
      "$mod+Enter": (event) => send(event, "[data-send]"),
      "$mod+Shift+Enter": (event) => send(event, "[data-send-close]"),
    })
  }, [])
}

function press(event: KeyboardEvent, keys: string) {
  if (event.defaultPrevented || isTyping(event.target)) return
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

import { useLocation } from "@remix-run/react"
import { useEffect } from "react"
import { isTyping } from "./typing.ts"

/** `j` and `k` walk the rows of a list, Enter opens: the rows are links, so focus is all that moves. */
export function useListKeys() {
  useRowOneCameFrom()
  useEffect(() => {
    const walk = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return
      const step = event.key === "j" ? 1 : event.key === "k" ? -1 : 0
      if (step === 0) return
      event.preventDefault()
      const rows = [...document.querySelectorAll<HTMLElement>("[data-row]")]
      const here = rows.findIndex((row) => row.matches(":focus"))
      rows[Math.max(0, Math.min(rows.length - 1, here + step))]?.focus()
    }
    addEventListener("keydown", walk)
    return () => removeEventListener("keydown", walk)
  }, [])
}

/** Back from a case, its row has the focus: the next `j` goes on from there. */
function useRowOneCameFrom() {
  const { state } = useLocation()
  useEffect(() => {
    if (state?.row) document.querySelector<HTMLElement>(`[data-row="${Number(state.row)}"]`)?.focus()
  }, [state])
}

import { useEffect } from "react"

/** What a printed case says of itself, and the choice that is made before it is printed. */
export function PrintChoice({ hasNotes }: { hasNotes: boolean }) {
  usePrintWhole()
  return (
    <section className="side-part print-choice" aria-label="Print">
      {hasNotes ? (
        <label className="small">
          <input type="checkbox" id="print-notes" /> Print our internal notes as well
        </label>
      ) : null}
      <button className="button button--quiet button--small" type="button" data-print onClick={() => void printWhole()}>
        Print
      </button>
    </section>
  )
}

export const PrintedWithout = ({ hasNotes }: { hasNotes: boolean }) =>
  hasNotes ? <p className="print-only print-without small">Printed without internal notes.</p> : null

const longestWait = 5000

/** The emails of folded messages are not there before they are looked at: they are fetched, then it is printed. */
async function printWhole() {
  await Promise.race([unfolded(), new Promise((end) => setTimeout(end, longestWait))])
  print()
}

function unfolded() {
  const waiting = [...document.querySelectorAll<HTMLIFrameElement>("iframe.mail-frame[loading=lazy]")]
  for (const message of document.querySelectorAll<HTMLDetailsElement>("details.message")) message.open = true
  return Promise.all(waiting.map(fetched))
}

function fetched(frame: HTMLIFrameElement) {
  if (frame.contentDocument?.readyState === "complete" && frame.contentDocument.URL !== "about:blank") return
  const isThere = new Promise((end) => frame.addEventListener("load", () => requestAnimationFrame(end), { once: true }))
  frame.loading = "eager"
  return isThere
}

/** The browser's own key for it does the same; its menu prints what is there by then. */
function usePrintWhole() {
  useEffect(() => {
    const hear = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey || event.key !== "p") return
      event.preventDefault()
      void printWhole()
    }
    const begin = () => void unfolded()
    addEventListener("keydown", hear)
    addEventListener("beforeprint", begin)
    return () => {
      removeEventListener("keydown", hear)
      removeEventListener("beforeprint", begin)
    }
  }, [])
}

import { useEffect, useRef, useState } from "react"
import { longestReply } from "#app/models/mail/reply-length.ts"

/** Says before it is sent that a reply is longer than a mail may be, and by how much; the browser sends it no sooner. */
export function TooLong() {
  const here = useRef<HTMLDivElement>(null)
  const [length, setLength] = useState(0)
  useEffect(() => {
    const text = here.current?.closest("form")?.querySelector("textarea")
    if (!text) return
    const measure = () => {
      setLength(text.value.length)
      text.setCustomValidity(text.value.length > longestReply ? wordsFor(text.value.length) : "")
    }
    measure()
    const soon = setTimeout(measure, 100)
    text.addEventListener("input", measure)
    return () => {
      clearTimeout(soon)
      text.removeEventListener("input", measure)
    }
  }, [])
  return (
    <div ref={here} role="status">
      {length > longestReply ? <p className="notice notice--warn">{wordsFor(length)}</p> : null}
    </div>
  )
}

const wordsFor = (length: number) =>
  `This is ${length.toLocaleString("en")} characters long; at most ${longestReply.toLocaleString("en")} can be sent. Shorten it, or attach it as a file.`

import { Fragment } from "react"
import { linked, longestLinked } from "#emails/links.ts"

/** Plain text as it was written, its addresses to be pressed. */
export function PlainText({ text }: { text: string }) {
  return (
    <div className="plain-text" dir="auto">
      {linked(text).map(({ words, href }, place) =>
        href ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: text that was written does not change
          <a key={place} href={href} target="_blank" rel="noopener noreferrer nofollow">
            {words}
          </a>
        ) : (
          // biome-ignore lint/suspicious/noArrayIndexKey: the same
          <Fragment key={place}>{words}</Fragment>
        ),
      )}
    </div>
  )
}

/** What a message adds, and the rest of it behind "…": nothing is ever removed. */
export function FoldedText({ text, newText }: { text: string; newText: string }) {
  const shown = newText.trim() || text.trim()
  const hasMore = text.length > longestLinked ? text.length > shown.length : lettersIn(text) > lettersIn(shown)
  return (
    <>
      {shown ? <PlainText text={shown} /> : <p className="quiet">No words in this message.</p>}
      {hasMore ? (
        <details className="quoted">
          <summary title="Show the whole text" aria-label="Show the whole text">
            …
          </summary>
          <PlainText text={text} />
        </details>
      ) : null}
    </>
  )
}

/** What an HTML mail adds is worded a little differently than its text; only letters tell whether there is more. */
const lettersIn = (text: string) => text.replace(/[^\p{L}\p{N}]+/gu, "").length

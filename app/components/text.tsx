import { Fragment } from "react"
import { withoutEnd } from "#emails/incoming/text.ts"

/** Plain text as it was written, its addresses to be pressed. */
export function PlainText({ text }: { text: string }) {
  return (
    <div className="plain-text">
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

/** Addresses are looked for in so much of a text; below that nobody presses any. */
const longestLinked = 64 * 1024

/** Text cut into what is a link and what is not; the full stop behind an address is not part of it. */
export function linked(text: string): { words: string; href: string | null }[] {
  const parts: { words: string; href: string | null }[] = []
  let done = 0
  for (const match of text
    .slice(0, longestLinked)
    .matchAll(/\bhttps?:\/\/[^\s<>"'`]{1,2000}|\b[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+/gi)) {
    const words = withoutEnd(match[0], ".,;:!?)]}")
    if (match.index > done) parts.push({ words: text.slice(done, match.index), href: null })
    parts.push({ words, href: /^https?:/i.test(words) ? words : `mailto:${words}` })
    done = match.index + words.length
  }
  if (done < text.length) parts.push({ words: text.slice(done), href: null })
  return parts
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

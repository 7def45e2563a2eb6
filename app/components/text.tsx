import { Fragment } from "react"

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

/** Text cut into what is a link and what is not; the full stop behind an address is not part of it. */
export function linked(text: string): { words: string; href: string | null }[] {
  const parts: { words: string; href: string | null }[] = []
  let done = 0
  for (const match of text.matchAll(/\bhttps?:\/\/[^\s<>"'`]{1,2000}|\b[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+/gi)) {
    const words = match[0].replace(/[.,;:!?)\]}]+$/, "")
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
  const hasMore = lettersIn(text) > lettersIn(shown)
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

import { faces } from "./face.ts"

/** Where an expression matches from here on, its end; -1 where it does not. Sticky, so that it looks nowhere else. */
type Step = (text: string, at: number) => number

const step =
  (expression: RegExp): Step =>
  (text, at) => {
    expression.lastIndex = at
    return expression.test(text) ? expression.lastIndex : -1
  }

const slashes = /\/|_|=2f|%(?:25)*2f|&#0*47;|&#x0*2f;|&sol;/gi
const slash = step(/\/|_|=2f|%(?:25)*2f|&#0*47;|&#x0*2f;|&sol;/iy)
const softBreak = step(/=[ \t]*\r?\n|<wbr\s*\/?>|&shy;|\u00ad|\u200b/iy)
const lineBreak = step(/=?[ \t]*\r?\n[> |\t]*|<wbr\s*\/?>|<br\s*\/?>|&shy;|\u00ad|\u200b/iy)
const letter = step(/[a-z2-7]/iy)
const wordCharacter = step(/[a-z0-9]/iy)
const r = step(/r/iy)

const breakStarts = new Set("=<& \t\r\n\u00ad\u200b")

/** Past every break that stands here: each is taken whole and none is given back, so a run of them is read once. */
const past =
  (gap: Step): Step =>
  (text, at) => {
    let end = at
    while (breakStarts.has(text.charAt(end))) {
      const next = gap(text, end)
      if (next < 0) break
      end = next
    }
    return end
  }

/** One step after the other, with breaks allowed between any two. */
const sequence = (steps: readonly Step[], gap: Step): Step => {
  const skip = past(gap)
  return (text, at) => {
    let end = at
    for (const [i, next] of steps.entries()) {
      end = next(text, i === 0 ? end : skip(text, end))
      if (end < 0) return -1
    }
    return end
  }
}

const tokenLetters = Array<Step>(26).fill(letter)
const wordOf = (word: string) => [...word].map((character) => step(new RegExp(character, "iy")))

/** How a link may be broken, what its path is behind the first slash, and what must stand behind its token. */
type Rule = { gap: Step; rest: Step; token: Step; isEnd: (text: string, at: number) => boolean }

const rule = (gap: Step, isEnd: Rule["isEnd"]): Rule => ({
  gap: past(gap),
  rest: sequence([r, slash], gap),
  token: sequence(tokenLetters, gap),
  isEnd,
})

const whole = rule(softBreak, (text, at) => wordCharacter(text, past(softBreak)(text, at)) < 0)

const faceAfter = faces.map((face) => sequence([slash, ...wordOf(face)], lineBreak))
/** Broken over plain lines it could be any two words of a letter, so there the face must follow. */
const wrapped = rule(lineBreak, (text, at) => {
  const next = past(lineBreak)(text, at)
  return faceAfter.some((face) => face(text, next) >= 0)
})

/**
 * Makes every rating link in text or HTML useless, the words around it untouched: as written, URL-encoded once or more
 * (link scanners), in entities, broken by quoted-printable, wrapped over quoted lines. A customer's reply quotes our
 * mail, and whoever reads that quote could otherwise rate in their name.
 *
 * Read by hand, not by one expression: no try reaches past the third slash behind it, so the time grows with the text
 * and nothing more.
 */
export const redactRatingLinks = (text: string) => redact(redact(text, whole), wrapped)

function redact(text: string, { gap, rest, token, isEnd }: Rule) {
  const pieces: string[] = []
  let done = 0
  slashes.lastIndex = 0
  for (let found = slashes.exec(text); found; found = slashes.exec(text)) {
    const path = rest(text, gap(text, slashes.lastIndex))
    if (path < 0) continue
    const start = gap(text, path)
    const end = token(text, start)
    if (end < 0 || !isEnd(text, end)) continue
    pieces.push(text.slice(done, start), "redacted")
    done = end
    slashes.lastIndex = end
  }
  return pieces.length === 0 ? text : pieces.join("") + text.slice(done)
}

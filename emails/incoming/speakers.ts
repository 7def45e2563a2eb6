import type { Mark } from "./html-marks.ts"
import type { Place } from "./paper.ts"

type Open = { tag: string; depth: number; mark: Mark; hasQuote: boolean }

const spoken: Record<Mark, Place> = {
  box: "introduction",
  "closed box": "quote",
  introduction: "introduction",
  quote: "quote",
  rest: "rest",
  signature: "signature",
  forward: "said",
}

/**
 * Whoever speaks while the elements of a mail open and close. No tree is kept: of each marked element, how many of its
 * name lie open in it, so that its end is found whatever else is left unclosed.
 */
export class Speakers {
  #open: Open[] = []
  #isRest = false

  open(tag: string, isVoid: boolean, mark: Mark | null): Place {
    if (this.#isRest) return "rest"
    const around = this.#open.at(-1)
    // A mail handed on is all its own, whatever it quotes.
    if (around?.mark === "forward") return this.#deeper(tag, isVoid)
    if (mark === "rest" && !this.#isQuoted()) {
      this.#isRest = true
      return "rest"
    }
    if (mark === "quote" || tag === "blockquote") for (const each of this.#open) each.hasQuote = true
    if (mark === null || mark === "rest" || isVoid) return this.#deeper(tag, isVoid)
    // A box in a box goes on; deeper than this nobody means anything by it.
    if (this.#open.length < 50) this.#open.push({ tag, depth: 1, mark, hasQuote: false })
    else this.#deeper(tag, isVoid)
    return this.#place()
  }

  close(tag: string): Place {
    const last = this.#open.at(-1)
    if (last && last.tag === tag && --last.depth === 0) this.#open.pop()
    return this.#place()
  }

  #deeper(tag: string, isVoid: boolean): Place {
    const last = this.#open.at(-1)
    if (last && last.tag === tag && !isVoid) last.depth++
    return this.#place()
  }

  /** Whatever a quoted mail marks for itself says nothing about this one. */
  #isQuoted() {
    return this.#open.some(({ mark }) => mark === "quote" || mark === "closed box")
  }

  #place(): Place {
    if (this.#isRest) return "rest"
    const last = this.#open.at(-1)
    if (!last) return "said"
    if (this.#isQuoted()) return "quote"
    // Below the quote but still in its box stands what was typed there.
    return last.mark === "box" && last.hasQuote ? "answer" : spoken[last.mark]
  }
}

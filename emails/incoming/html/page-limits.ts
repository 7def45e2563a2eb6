/** A page beyond one of these is shown as text. Each step of cleaning stays linear within them. */
const mostCharacters = 2 * 1024 * 1024
/** As deep as browsers build a page themselves. */
const deepestElement = 500
/** Elements and stretches of text put somewhere, those that misnested tags make a browser move or repeat counted again. */
const mostPlacements = 150_000
const mostAttributes = 200
/** A short page may repeat long attributes on every element that its tags reopen. */
const mostWritten = 4 * 1024 * 1024

/** Stops whatever builds a page. The words are for the agent. */
export class TooMuch extends Error {}

export class PageBudget {
  #placed = 0
  #written = 0

  constructor(html: string) {
    if (html.length >= mostCharacters) tooMuch("is larger than 2 MB")
  }

  place() {
    if (++this.#placed > mostPlacements) tooMuch(`is made of more than ${mostPlacements.toLocaleString("en")} parts`)
  }

  write(characters: number) {
    this.#written += characters
    if (this.#written > mostWritten) tooMuch("expands to more than 4 MB")
  }

  weigh(html: string) {
    if (html.length > mostWritten) tooMuch("expands to more than 4 MB")
  }

  nest(depth: number) {
    if (depth > deepestElement) tooMuch(`is nested deeper than ${deepestElement}`)
  }

  attributes(count: number) {
    if (count > mostAttributes) tooMuch(`has more than ${mostAttributes} attributes on one element`)
  }
}

function tooMuch(words: string): never {
  throw new TooMuch(`Its page ${words} and is shown as text.`)
}

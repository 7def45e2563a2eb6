/** Lets so many in at once; the others wait their turn in the order they came. */
export class Turnstile {
  #free: number
  #waiting: (() => void)[] = []

  constructor(places: number) {
    this.#free = places
  }

  async enter() {
    if (this.#free > 0) this.#free--
    else await new Promise<void>((go) => this.#waiting.push(go))
  }

  /** The place goes to whoever waits longest. */
  leave() {
    const next = this.#waiting.shift()
    if (next) next()
    else this.#free++
  }
}

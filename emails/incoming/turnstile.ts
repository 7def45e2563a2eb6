/** Lets so many in at once; the others wait their turn in the order they came. */
export class Turnstile {
  #free: number
  #waiting: (() => void)[] = []

  constructor(places: number) {
    this.#free = places
  }

  async enter() {
    if (!this.enterIfFree()) await new Promise<void>((go) => this.#waiting.push(go))
  }

  /** False when whoever comes would have to wait. */
  enterIfFree(): boolean {
    if (this.#free === 0) return false
    this.#free--
    return true
  }

  /** The place goes to whoever waits longest. */
  leave() {
    const next = this.#waiting.shift()
    if (next) next()
    else this.#free++
  }
}

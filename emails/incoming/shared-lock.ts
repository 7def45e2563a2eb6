type Waiting = { isAlone: boolean; go: () => void }

/** Held by many at once or by one alone, in the order they come. */
export class SharedLock {
  #inside = 0
  #isAlone = false
  #waiting: Waiting[] = []

  shared<T>(work: () => Promise<T>): Promise<T> {
    return this.#hold(false, work)
  }

  alone<T>(work: () => Promise<T>): Promise<T> {
    return this.#hold(true, work)
  }

  async #hold<T>(isAlone: boolean, work: () => Promise<T>): Promise<T> {
    await new Promise<void>((go) => {
      this.#waiting.push({ isAlone, go })
      this.#admit()
    })
    try {
      return await work()
    } finally {
      this.#inside--
      this.#isAlone = false
      this.#admit()
    }
  }

  #admit() {
    for (let [next] = this.#waiting; next && this.#mayEnter(next); [next] = this.#waiting) {
      this.#waiting.shift()
      this.#inside++
      this.#isAlone = next.isAlone
      next.go()
    }
  }

  #mayEnter({ isAlone }: Waiting) {
    return isAlone ? this.#inside === 0 : !this.#isAlone
  }
}

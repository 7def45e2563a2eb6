type Line = {
  /** Pieces of work done side by side. */
  atOnce: number
  /** How many may wait in each place but the first, which is never full. */
  longest: number
}

/** Work done a few at a time: those in place 0 go first, then 1, and so on. Null for whom there was no room to wait. */
export function waitingLine({ atOnce, longest }: Line) {
  let running = 0
  const places: (() => void)[][] = [[], [], [], []]

  async function run<T>(place: number, work: () => Promise<T>): Promise<T | null> {
    const waiting = places[place] ?? []
    if (running >= atOnce) {
      if (place > 0 && waiting.length >= longest) return null
      await new Promise<void>((go) => waiting.push(go))
    } else running++
    try {
      return await work()
    } finally {
      const next = places.find(({ length }) => length > 0)?.shift()
      if (next) next()
      else running--
    }
  }

  return { run }
}

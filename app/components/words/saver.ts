const pause = 1000
const afterFailure = 8000

/** `at`: when the desk kept it; null: it did not. `isLatest`: nothing was changed since what was sent. */
type Tell = (at: string | null, isLatest: boolean) => void

/**
 * Saves a moment after the last change, at once when told, and again after a while where that failed. One at a time: an
 * older one that arrives last would undo a newer.
 */
export function saver(send: (init: RequestInit) => Promise<Response>, tell: Tell) {
  let timer: ReturnType<typeof setTimeout> | undefined
  let underWay: AbortController | null = null
  let isOver = false
  const later = (milliseconds: number) => {
    clearTimeout(timer)
    timer = setTimeout(inTurn, milliseconds)
  }
  const inTurn = () => (underWay ? later(pause / 4) : void save())
  const save = async () => {
    clearTimeout(timer)
    timer = undefined
    const mine = new AbortController()
    underWay = mine
    // Signed out meanwhile, the answer is a redirect: that is not saved.
    const at = await send({ signal: mine.signal, redirect: "manual" })
      .then(timeIn)
      .catch(() => {
        // No line, or half an answer: it is sent again.
        return null
      })
    if (underWay === mine) underWay = null
    if (mine.signal.aborted || isOver) return
    tell(at, timer === undefined)
    if (at === null && timer === undefined) later(afterFailure)
  }
  const stop = () => {
    clearTimeout(timer)
    timer = undefined
    underWay?.abort()
    underWay = null
  }
  const now = () => void (timer !== undefined && save())
  const end = () => {
    isOver = true
    now()
  }
  return { soon: () => later(pause), now, stop, end }
}

const timeIn = async (answer: Response) => (answer.ok ? String((await answer.json()).at) : null)

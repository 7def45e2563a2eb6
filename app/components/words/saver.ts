const pause = 1000
const afterFailure = 8000

/** Saves a moment after the last change, at once when told, and again after a while where that failed. */
export function saver(send: (init: RequestInit) => Promise<Response>, tell: (isDone: boolean) => void) {
  let timer: ReturnType<typeof setTimeout> | undefined
  let underWay = new AbortController()
  const stop = () => {
    clearTimeout(timer)
    timer = undefined
    underWay.abort()
  }
  const later = (milliseconds: number) => {
    clearTimeout(timer)
    timer = setTimeout(save, milliseconds)
  }
  const save = () => {
    stop()
    underWay = new AbortController()
    const { signal } = underWay
    const failed = () => {
      if (signal.aborted) return
      tell(false)
      timer ??= setTimeout(save, afterFailure)
    }
    // Signed out meanwhile, the answer is a redirect: that is not saved.
    send({ signal, redirect: "manual" }).then((answer) => {
      if (!answer.ok) failed()
      else if (!signal.aborted) tell(true)
    }, failed)
  }
  return { soon: () => later(pause), now: () => void (timer !== undefined && save()), stop }
}

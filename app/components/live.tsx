import { useFetchers, useNavigation, useRevalidator } from "@remix-run/react"
import { useEffect, useState } from "react"
import { setTrouble } from "./connection/state.ts"

const pause = 1500
const afterRefusal = 30_000
/** A browser opens a stream that broke off again by itself, mostly before anybody need know. */
const untilSaid = 4000

/**
 * Shows what changed without a reload. It waits until nothing else is under way: a revalidation that overtakes a form
 * makes the router drop that form's redirect. Without it every page is still right when opened.
 */
export function Live() {
  const [isStale, setStale] = useState(false)
  const revalidator = useRevalidator()
  const navigation = useNavigation()
  const fetchers = useFetchers()
  const isBusy =
    revalidator.state !== "idle" || navigation.state !== "idle" || fetchers.some((fetcher) => fetcher.state !== "idle")
  useEffect(() => {
    return listen(() => setStale(true))
  }, [])
  const { revalidate } = revalidator
  useEffect(() => {
    if (!isStale || isBusy) return
    const timer = setTimeout(() => {
      setStale(false)
      revalidate()
    }, pause)
    return () => clearTimeout(timer)
  }, [isStale, isBusy, revalidate])
  return null
}

/** Hears of changes until it is told to stop; tells also after every gap, in which some may have been missed. */
function listen(tell: () => void) {
  let timer: ReturnType<typeof setTimeout> | undefined
  let source: EventSource | undefined
  let lost: ReturnType<typeof setTimeout> | undefined
  const stream = {}
  const isThere = () => {
    clearTimeout(lost)
    lost = undefined
    setTrouble(stream, null)
  }
  const open = () => {
    source = new EventSource("/events")
    let isAgain = timer !== undefined
    source.addEventListener("change", tell)
    source.addEventListener("open", () => {
      isThere()
      if (isAgain) tell()
      isAgain = true
    })
    // This one was ended for newer ones of the same browser.
    source.addEventListener("over", () => source?.close())
    source.addEventListener("error", refused)
  }
  // A browser gives up where it is refused. Whoever was signed out is led to where they sign in by looking again.
  const refused = () => {
    if (source?.readyState !== EventSource.CLOSED) {
      lost ??= setTimeout(() => setTrouble(stream, "away"), untilSaid)
      return
    }
    isThere()
    tell()
    timer = setTimeout(open, afterRefusal)
  }
  const look = () => {
    if (document.visibilityState !== "visible" || source?.readyState !== EventSource.CLOSED) return
    clearTimeout(timer)
    tell()
    open()
  }
  open()
  document.addEventListener("visibilitychange", look)
  return () => {
    document.removeEventListener("visibilitychange", look)
    clearTimeout(timer)
    isThere()
    source?.close()
  }
}

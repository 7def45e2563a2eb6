import { useFetchers, useNavigation, useRevalidator } from "@remix-run/react"
import { useEffect, useState } from "react"

const pause = 1500

/**
 * Shows what changed without a reload. It waits until nothing else is under way: a revalidation that overtakes a form
 * makes the router drop that form's redirect (packages 3.6). Without it every page is still right when opened.
 */
export function Live() {
  const [isStale, setStale] = useState(false)
  const revalidator = useRevalidator()
  const navigation = useNavigation()
  const fetchers = useFetchers()
  const isBusy =
    revalidator.state !== "idle" || navigation.state !== "idle" || fetchers.some((fetcher) => fetcher.state !== "idle")
  useEffect(() => {
    const source = new EventSource("/events")
    source.addEventListener("change", () => setStale(true))
    return () => source.close()
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

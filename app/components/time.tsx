import { createContext, useContext } from "react"
import { sayAgo, sayDate, sayLength, sayMoment, sayWhole, warmth } from "#app/models/people/when.ts"

/** The desk's time and zone as they were when the page was asked for, so that server and browser say the same. */
export type DeskTime = { now: string; zone: string }
export const DeskTimeContext = createContext<DeskTime>({ now: new Date(0).toISOString(), zone: "UTC" })

/** A moment as people say it, the whole of it on hover. `at` is an ISO string. */
export function Time({ at }: { at: string }) {
  const { now, zone } = useContext(DeskTimeContext)
  return (
    <time dateTime={at} title={sayWhole(new Date(at), zone)}>
      {sayMoment(new Date(at), new Date(now), zone)}
    </time>
  )
}

/** A day: "3 May 2011". */
export function Day({ at }: { at: string }) {
  const { zone } = useContext(DeskTimeContext)
  return (
    <time dateTime={at} title={sayWhole(new Date(at), zone)}>
      {sayDate(new Date(at), zone)}
    </time>
  )
}

/** How long since, or until: "2 h 10 min". */
export function Length({ at }: { at: string }) {
  const { now, zone } = useContext(DeskTimeContext)
  return (
    <time dateTime={at} title={sayWhole(new Date(at), zone)}>
      {sayLength(Math.abs(Date.parse(now) - Date.parse(at)))}
    </time>
  )
}

/** "2 h 10 min ago", or "just now". */
export function Ago({ at }: { at: string }) {
  const { now, zone } = useContext(DeskTimeContext)
  return (
    <time dateTime={at} title={sayWhole(new Date(at), zone)}>
      {sayAgo(Date.parse(now) - Date.parse(at))}
    </time>
  )
}

/** How long somebody has waited for us: grows warmer with age. */
export function Waiting({ since }: { since: string }) {
  const { now, zone } = useContext(DeskTimeContext)
  const wait = Date.parse(now) - Date.parse(since)
  return (
    <time className={`waiting waiting--${warmth(wait)}`} dateTime={since} title={sayWhole(new Date(since), zone)}>
      {sayLength(wait)}
    </time>
  )
}

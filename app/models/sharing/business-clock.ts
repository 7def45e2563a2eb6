import { addDays, type Calendar, dayOf, openOn } from "../people/hours.ts"

/** Milliseconds since 1970, from and to. */
export type Span = { from: number; to: number }

/** Business time between two days counted once, for whoever asks a hundred thousand times. */
export type BusinessClock = {
  /** Business minutes from the first day until then. */
  minutesAt(at: number): number
  /** When that much business time has passed since then. */
  after(at: number, minutes: number): number
}

/** Every stretch that is open on the days from `first` to `last`, in order. */
export function openSpans(calendar: Calendar, first: Date, last: Date): Span[] {
  const spans: Span[] = []
  const end = dayOf(last, calendar.timeZone)
  for (let day = dayOf(first, calendar.timeZone); day <= end; day = addDays(day, 1))
    for (const { from, to } of openOn(day, calendar)) spans.push({ from: from.getTime(), to: to.getTime() })
  return spans
}

export function businessClock(spans: readonly Span[]): BusinessClock {
  const before: number[] = []
  let total = 0
  for (const { from, to } of spans) {
    before.push(total)
    total += (to - from) / 60_000
  }
  function minutesAt(at: number) {
    const place = lastNotAfter(spans.length, (index) => (spans[index]?.from ?? 0) <= at)
    const span = spans[place]
    return span ? (before[place] ?? 0) + (Math.min(at, span.to) - span.from) / 60_000 : 0
  }
  function after(at: number, minutes: number) {
    const due = minutesAt(at) + minutes
    // A due moment at the very end of a stretch is that evening, not the next morning.
    const place = lastNotAfter(spans.length, (index) => index === 0 || (before[index] ?? 0) < due)
    const span = spans[place]
    return span && due <= total ? span.from + (due - (before[place] ?? 0)) * 60_000 : Number.POSITIVE_INFINITY
  }
  return { minutesAt, after }
}

/** The last place for which it holds, -1 if it holds for none; it must hold up to some place and then no more. */
function lastNotAfter(count: number, holds: (place: number) => boolean) {
  let [low, high] = [0, count]
  while (low < high) {
    const middle = (low + high) >> 1
    if (holds(middle)) low = middle + 1
    else high = middle
  }
  return low - 1
}

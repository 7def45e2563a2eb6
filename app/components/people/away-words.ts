import { sayClock, sayDate } from "#app/models/people/when.ts"

/** An absence as people say it, in the person's zone: "10 Mar 2026", "10 Mar 2026 to 14 Mar 2026", or with its times. */
export function awayWords(startsAt: string, endsAt: string, zone: string) {
  const [from, to] = [new Date(startsAt), new Date(endsAt)]
  const [begins, ends] = [sayClock(from, zone), sayClock(to, zone)]
  const lastMoment = new Date(to.getTime() - 1)
  const [first, last] = [sayDate(from, zone), sayDate(lastMoment, zone)]
  if (begins === "00:00" && ends === "00:00") return first === last ? first : `${first} to ${last}`
  const end = ends === "00:00" ? "24:00" : ends
  return first === last ? `${first}, ${begins} to ${end}` : `${first}, ${begins} to ${last}, ${end}`
}

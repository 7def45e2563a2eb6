const day = 86_400_000
const longest = 3650

/** When something ends, as it is typed: a day (2027-11-30), a number of days (90d) or never; nothing: in a year. */
export function expiryFrom(typed: string, now: Date): Date | null | { refused: string } {
  const text = typed.trim() || "365d"
  if (text === "never") return null
  const days = Number(/^(\d{1,4})d$/.exec(text)?.[1] ?? 0)
  if (days > 0 && days <= longest) return new Date(now.getTime() + days * day)
  const at = /^\d{4}-\d\d-\d\d$/.test(text) ? new Date(`${text}T00:00:00Z`) : null
  const isDay = at !== null && !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text)
  if (!isDay)
    return { refused: `${text} is not a valid expiry date: give a day such as 2027-11-30, days such as 90d, or never` }
  return at > now ? at : { refused: `${text} is in the past` }
}

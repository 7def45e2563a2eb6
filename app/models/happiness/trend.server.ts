import { dayOf } from "../people/hours.ts"
import { setting } from "../people/settings.server.ts"
import { dayLoads, dayTallies, firstReplyDay } from "./days.server.ts"
import { periodOf } from "./period.ts"
import { periodsIn } from "./report.server.ts"
import { trendOf, usualStart } from "./trend.ts"
import { trendAsked } from "./trend-asked.ts"

/** Emails per agent per day over time, with the happy share of the same periods. Blank: nobody ever replied. */
export async function loadTrend(query: URLSearchParams, now: Date) {
  const today = dayOf(now, await setting("desk.timeZone"))
  const { asked, wrong } = trendAsked(query, today)
  const first = await firstReplyDay()
  if (first === null) return { by: asked.by, wrong, isBlank: true, ...trendOf([], [], [], today) }
  const from = asked.from ?? usualStart(asked.by, first, asked.to ?? periodOf(today, asked.by).to)
  const periods = periodsIn({ ...asked, from }, first, today)
  const [start, end] = [periods[0]?.from ?? from, periods.at(-1)?.to ?? today]
  const stretch = { from: start, to: end, mailboxId: null, agentId: null }
  const [days, loads] = await Promise.all([dayTallies("sent", stretch), dayLoads(stretch)])
  return { by: asked.by, wrong, isBlank: false, ...trendOf(days, loads, periods, today) }
}

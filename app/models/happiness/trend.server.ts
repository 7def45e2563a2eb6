import { dayOf } from "../people/hours.ts"
import { inOneZone, type Zones } from "../ratings/tally-zone.server.ts"
import { dayLoads, dayTallies, firstReplyDay } from "./days.server.ts"
import { periodOf } from "./period.ts"
import { periodsIn } from "./report.server.ts"
import { trendOf, usualStart } from "./trend.ts"
import { trendAsked } from "./trend-asked.ts"

/** Emails per agent per day over time, with the happy share of the same periods. Blank: nobody ever replied. */
export const loadTrend = (query: URLSearchParams, now: Date) => inOneZone((zones) => trendIn(zones, query, now))

async function trendIn(zones: Zones, query: URLSearchParams, now: Date) {
  const today = dayOf(now, zones.timeZone)
  const { asked, wrong } = trendAsked(query, today)
  const said = { ...zones, by: asked.by, wrong }
  const first = await firstReplyDay()
  if (first === null) return { ...said, isBlank: true, ...trendOf([], [], [], today) }
  const from = asked.from ?? usualStart(asked.by, first, asked.to ?? periodOf(today, asked.by).to)
  const periods = periodsIn({ ...asked, from }, first, today)
  const [start, end] = [periods[0]?.from ?? from, periods.at(-1)?.to ?? today]
  const stretch = { from: start, to: end, mailboxId: null, agentId: null }
  const [days, loads] = await Promise.all([dayTallies("sent", stretch), dayLoads(stretch)])
  return { ...said, isBlank: false, ...trendOf(days, loads, periods, today) }
}

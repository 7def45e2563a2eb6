import { asc } from "drizzle-orm"
import { db } from "#db/connection.server.ts"
import { agents, mailboxes } from "#db/tables/people.ts"
import { isAtLeast, type Viewer } from "../people/agent.ts"
import { dayOf } from "../people/hours.ts"
import { setting } from "../people/settings.server.ts"
import { inOneZone, reportZone, type Zones } from "../ratings/tally-zone.server.ts"
import { dayLoads, dayTallies, ratedDays } from "./days.server.ts"
import { causesIn, flipsIn, notOursIn } from "./flips.server.ts"
import type { Narrow } from "./narrow.server.ts"
import { overview, overviewLoad, overviewPeople } from "./overview.ts"
import { ratedMailboxes, ratedPeople } from "./people.server.ts"
import { asOf, before, momentsOf, type Period, periodOf } from "./period.ts"
import { ratersIn, setAside } from "./silence.server.ts"

type Asked = Narrow & { period: Period; loadBy: "week" | null; voices: "weighed" | null }

/**
 * The page of a period. Leads see everybody; an agent the team's ratio and their own row, and is told
 * "not yours" of somebody else's.
 */
export const overviewOf = (viewer: Viewer, asked: Asked, now: Date) =>
  inOneZone((zones) => overviewIn(zones, viewer, asked, now))

async function overviewIn(zones: Zones, viewer: Viewer, asked: Asked, now: Date) {
  const { loadBy, voices, mailboxId, agentId } = asked
  const narrow = { mailboxId, agentId }
  const lead = isAtLeast(viewer, "lead")
  if (!lead && narrow.agentId !== null && narrow.agentId !== viewer.id) return "not yours"
  const linkDays = await setting("ratings.linkDays")
  const today = dayOf(now, zones.timeZone)
  const period = asOf(asked.period, today)
  const moments = momentsOf(period, zones.timeZone)
  const [facts, raters] = await Promise.all([
    factsOf(period, narrow, moments, now),
    voices ? ratersIn(moments, narrow) : null,
  ])
  const narrowed = narrow.mailboxId !== null || narrow.agentId !== null
  const known = { period, today, linkDays, narrowed, raters, ...facts }
  const { flips, causes, notOurs, aside, team, boxes } = facts
  return {
    ...{ ...zones, period, narrow, loadBy, lead, flips, causes, aside },
    /** An agent may open what is behind their own numbers only. */
    mayOpen: lead || narrow.agentId === viewer.id,
    ...overview(known),
    load: overviewLoad(known, loadBy),
    people: overviewPeople(team, lead ? null : (viewer.id ?? 0)),
    mailboxes: lead ? overviewPeople(boxes, null) : null,
    notOurs: Object.fromEntries(notOurs),
    choices: lead ? await choices() : { agents: [], mailboxes: [] },
  }
}

export type Overview = Exclude<Awaited<ReturnType<typeof overviewOf>>, "not yours">

/** Every day there is: the run of all years needs them, and they are few. */
const always = { from: "1970-01-01", to: "2200-01-01" }

type Moments = { start: Date; end: Date }

async function factsOf(period: Period, narrow: Narrow, moments: Moments, now: Date) {
  const within = { from: period.from, to: period.to }
  const [days, loads, team, boxes, flips, causes, notOurs, aside] = await Promise.all([
    dayTallies("sent", { ...always, ...narrow }),
    dayLoads({ from: before(period).from, to: period.to, ...narrow }),
    ratedPeople({ ...within, ...narrow, agentId: null }),
    ratedMailboxes({ ...within, ...narrow, mailboxId: null }),
    flipsIn(moments, narrow, now),
    causesIn(moments, narrow),
    notOursIn(moments, narrow),
    setAside(moments, narrow),
  ])
  return { days, loads, team, boxes, flips, causes, notOurs, aside }
}

async function choices() {
  const [people, boxes] = await Promise.all([
    db.select({ id: agents.id, name: agents.name }).from(agents).orderBy(asc(agents.name), asc(agents.id)),
    db.select({ id: mailboxes.id, name: mailboxes.name }).from(mailboxes).orderBy(asc(mailboxes.name)),
  ])
  return { agents: people, mailboxes: boxes }
}

/** The latest year with ratings, or the one we are in: where the page opens. */
export async function latestYear(now: Date) {
  const { timeZone } = await reportZone()
  const { last } = await ratedDays("sent")
  return periodOf(last ?? dayOf(now, timeZone), "year").name
}

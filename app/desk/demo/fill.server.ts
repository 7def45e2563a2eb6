import { sql } from "drizzle-orm"
import { deskCalendar } from "#app/models/people/calendar.server.ts"
import { settings } from "#app/models/people/settings.server.ts"
import { db, type Tx } from "#db/connection.server.ts"
import { cases } from "#db/tables/cases.ts"
import { customersOf } from "./customers.ts"
import { type Wall, wallOf } from "./days.ts"
import { type Dice, diceFrom } from "./dice.ts"
import { fillPresent, type Told } from "./fill-present.server.ts"
import { idsFor } from "./ids.server.ts"
import { ledgerOf } from "./ledger.ts"
import { pastCase } from "./past.ts"
import { settle } from "./people.server.ts"
import { type HalfPlan, planEra, rosterOf } from "./plan.ts"
import { rateEra } from "./rate.ts"
import { writeRows } from "./rows.ts"
import { emptySheets } from "./sheets.ts"
import { full as fullSize, light, type Size } from "./size.ts"
import { analyze, store, storeTallies } from "./store.server.ts"
import type { DemoCase } from "./story.ts"
import type { Past } from "./telling.ts"

export type Progress = (done: { cases: number; of: number }) => void
export type Filled = { cases: number; replies: number; ratings: number }

const seed = 2011
const atOnce = 1500

/** Fills an empty desk with a past and a present. All or nothing: a fill that is broken off leaves nothing behind. */
export function fillDemo({ full, onProgress }: { full: boolean; onProgress: Progress }, now: Date) {
  return fillDesk(full ? fullSize : light, onProgress, now)
}

export async function fillDesk(size: Size, onProgress: Progress, now: Date): Promise<Filled | "not empty"> {
  const filled = await db.transaction((tx) => fill(tx, size, onProgress, now))
  if (filled !== "not empty") await analyze(db)
  return filled
}

async function fill(tx: Tx, size: Size, onProgress: Progress, now: Date): Promise<Filled | "not empty"> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended('demo', 0))`)
  if ((await tx.select({ number: cases.number }).from(cases).limit(1)).length > 0) return "not empty"
  const [desk, calendar] = await Promise.all([settings(), deskCalendar()])
  const wall = wallOf(calendar.timeZone)
  const dice = diceFrom(seed)
  const plans = plansOf(size, wall, now, dice)
  const roster = rosterOf(plans)
  const dueBusinessDays = desk["frowns.dueBusinessDays"]
  const past: Past = { wall, calendar, dice, now, roster, dueBusinessDays, customers: customersOf(0.5) }
  const told: Told = { register: await settle(tx, now), ledger: ledgerOf(wall), past, desk }
  const of = plans.reduce((sum, { slots }) => sum + slots.length, 0)
  let done = 0
  for (const stories of chapters(plans, past)) {
    await tell(tx, stories, told)
    done += stories.length
    onProgress({ cases: done, of })
  }
  done += await fillPresent(tx, told)
  await storeTallies(tx, told.ledger)
  return { cases: done, ...told.ledger.totals() }
}

function plansOf(size: Size, wall: Wall, now: Date, dice: Dice) {
  const year = Number(wall.dayOf(now).slice(0, 4))
  return size(year).flatMap((era) => {
    const plans = planEra(era, wall, now, dice)
    rateEra(plans, era, now, dice)
    return plans
  })
}

/** The past in portions, so that neither memory nor a statement grows with it. */
function* chapters(plans: readonly HalfPlan[], past: Past) {
  for (const { half, slots } of plans)
    for (let from = 0; from < slots.length; from += atOnce)
      yield slots.slice(from, from + atOnce).map((slot) => pastCase(slot, half, past))
}

async function tell(tx: Tx, stories: DemoCase[], { register, ledger, desk, past }: Told) {
  const sheets = emptySheets()
  const ids = await idsFor(tx, stories)
  const inOrder = stories.toSorted((a, b) => a.openedAt.getTime() - b.openedAt.getTime())
  const writing = { ids, register, dice: past.dice, linkDays: desk["ratings.linkDays"] }
  for (const story of inOrder) writeRows(sheets, story, writing)
  ledger.count(sheets)
  await store(tx, sheets)
}

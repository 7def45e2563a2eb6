import { asc, eq, gte } from "drizzle-orm"
import { announce, wake } from "#db/announce.server.ts"
import { db, type Tx } from "#db/connection.server.ts"
import { holidays } from "#db/tables/people.ts"
import { dayWords } from "./absence.ts"
import { isAtLeast, type Viewer } from "./agent.ts"
import { addDays, dayOf } from "./hours.ts"
import { type Holiday, holidaysFromIcs, type LeftOut } from "./ics.ts"
import { once } from "./idempotency.server.ts"
import { setting } from "./settings.server.ts"

export type Imported = { added: number; known: number; leftOut: LeftOut[] }

const largest = 1_000_000

/** The desk's closed days, from the beginning of this year. */
export async function listHolidays(now: Date): Promise<Holiday[]> {
  const year = dayOf(now, await setting("desk.timeZone")).slice(0, 4)
  return db
    .select()
    .from(holidays)
    .where(gte(holidays.day, `${year}-01-01`))
    .orderBy(asc(holidays.day))
}

/** Closes the desk on a day, or on all from it to a last one. How many days are new. */
export async function addHolidays(
  viewer: Viewer,
  { first, last, name }: { first: string; last: string; name: string },
  now: Date,
): Promise<{ added: number } | { wrong: "first" | "last" | "name"; words: string } | "not yours"> {
  if (!isAtLeast(viewer, "admin")) return "not yours"
  const end = last.trim() || first.trim()
  const [firstWords, lastWords] = [dayWords(first.trim()), dayWords(end)]
  if (firstWords) return { wrong: "first", words: firstWords }
  if (lastWords) return { wrong: "last", words: lastWords }
  if (name.trim() === "") return { wrong: "name", words: "Say what it is, people see it" }
  if (end < first.trim()) return { wrong: "last", words: "The last day lies before the first" }
  if (addDays(first.trim(), 62) <= end) return { wrong: "last", words: "More than two months: is the year right?" }
  const days: Holiday[] = []
  for (let day = first.trim(); day <= end; day = addDays(day, 1)) days.push({ day, name: name.trim().slice(0, 100) })
  return { added: await once(viewer, "add holidays", (tx) => keep(tx, days, now)) }
}

export async function removeHoliday(viewer: Viewer, day: string, now: Date): Promise<"removed" | "not yours" | null> {
  if (!isAtLeast(viewer, "admin")) return "not yours"
  if (dayWords(day) !== null) return null
  return once(viewer, "remove holiday", async (tx) => {
    const gone = await tx.delete(holidays).where(eq(holidays.day, day)).returning({ day: holidays.day })
    if (gone.length === 0) return null
    await told(tx, now)
    return "removed"
  })
}

/** The whole days of a calendar file. What is there already keeps its name. */
export async function importHolidays(
  viewer: Viewer,
  file: Uint8Array,
  now: Date,
): Promise<Imported | { refused: string } | "not yours"> {
  if (!isAtLeast(viewer, "admin")) return "not yours"
  if (file.length === 0) return { refused: "Choose a calendar file (.ics) first" }
  if (file.length > largest) return { refused: "A list of holidays is smaller than 1 MB, this file is not" }
  const read = holidaysFromIcs(textOf(file), dayOf(now, await setting("desk.timeZone")))
  if ("refused" in read) return read
  const days = [...new Map(read.holidays.toReversed().map((one) => [one.day, one])).values()].toReversed()
  const added = days.length === 0 ? 0 : await once(viewer, "import holidays", (tx) => keep(tx, days, now))
  return { added, known: days.length - added, leftOut: read.leftOut }
}

async function keep(tx: Tx, days: Holiday[], now: Date): Promise<number> {
  const made = await tx.insert(holidays).values(days).onConflictDoNothing().returning({ day: holidays.day })
  await told(tx, now)
  return made.length
}

async function told(tx: Tx, now: Date) {
  await announce(tx, { kind: "presence" }, now)
  await wake(tx, "jobs")
}

/** Old programs write theirs in Latin-1. */
function textOf(file: Uint8Array) {
  const text = new TextDecoder().decode(file)
  return text.includes("\uFFFD") ? new TextDecoder("windows-1252").decode(file) : text
}

import { eq } from "drizzle-orm"
import { db } from "#db/connection.server.ts"
import { roundFaults } from "#db/tables/jobs.ts"

/** A part of the worker fails time after time: written down where doctor, pages and probes see it. */
export async function noteFault(name: string, words: string, times: number, now: Date) {
  const told = { times, words: words.slice(0, 500) }
  await db
    .insert(roundFaults)
    .values({ name, since: now, ...told })
    .onConflictDoUpdate({ target: roundFaults.name, set: told })
}

export async function forgetFault(name: string) {
  await db.delete(roundFaults).where(eq(roundFaults.name, name))
}

import { and, asc, eq, isNull, sql } from "drizzle-orm"
import { db } from "#db/connection.server.ts"
import { jobs } from "#db/tables/jobs.ts"

export type Job = typeof jobs.$inferSelect

const mostAttempts = 10

/**
 * The next job that is due, leased for ten minutes on the database's clock; null when there is none. One that failed so
 * often has its turn once a day: an upgrade, or whoever mends its cause, need not know of it.
 */
export async function claimJob(lease: string): Promise<Job | null> {
  const next = db
    .select({ id: jobs.id })
    .from(jobs)
    .where(
      and(
        isNull(jobs.finishedAt),
        sql`${jobs.dueAt} <= now() + interval '1 second'`,
        sql`(${jobs.attempts} < ${mostAttempts} or ${jobs.dueAt} < now() - interval '1 day')`,
        sql`(${jobs.leasedUntil} is null or ${jobs.leasedUntil} < now())`,
      ),
    )
    .orderBy(asc(jobs.dueAt), asc(jobs.id))
    .limit(1)
    .for("update", { skipLocked: true })
  const [job] = await db
    .update(jobs)
    .set({
      leasedBy: lease,
      leasedUntil: sql`now() + interval '10 minutes'`,
      attempts: sql`least(${jobs.attempts} + 1, 1000)`,
    })
    .where(eq(jobs.id, sql`(${next})`))
    .returning()
  return job ?? null
}

export async function finishJob(job: Job, lease: string, now: Date) {
  const ended = { finishedAt: now, leasedUntil: null, lastError: null, dedupeKey: null }
  await db
    .update(jobs)
    .set(ended)
    .where(and(eq(jobs.id, job.id), eq(jobs.leasedBy, lease)))
}

/** Keeps the words of the failure and tries again later: 30 s, a minute, two, up to an hour. */
export async function failJob(job: Job, lease: string, words: string) {
  const wait = sql`now() + least(interval '15 seconds' * power(2, ${job.attempts}::int), interval '1 hour')`
  await db
    .update(jobs)
    .set({ leasedUntil: null, dueAt: wait, lastError: words.slice(0, 2000) })
    .where(and(eq(jobs.id, job.id), eq(jobs.leasedBy, lease)))
}

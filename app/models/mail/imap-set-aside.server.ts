import { and, asc, eq, inArray, lte, sql } from "drizzle-orm"
import { db, ts } from "#db/connection.server.ts"
import { imapSetAside } from "#db/tables/ways.ts"
import { pgText } from "#emails/incoming/text.ts"
import type { ImapAccount } from "./imap-lease.server.ts"
import { tellAdmins } from "./notice.server.ts"

export type Place = Pick<ImapAccount, "mailboxId" | "folder" | "address"> & { uidValidity: number }
export type SetAside = typeof imapSetAside.$inferSelect

/** Tries within a few minutes before the admins are written to: most servers only stumble. */
const triesUntilTold = 4
/** A line that was lost so often while one email was fetched is lost because of that email. */
const mostLinesLost = 3
const atATime = 20

const here = ({ mailboxId, folder, uidValidity }: Omit<Place, "address">) =>
  and(eq(imapSetAside.mailboxId, mailboxId), eq(imapSetAside.folder, folder), eq(imapSetAside.uidValidity, uidValidity))

type Trouble = { uid: number; words: string; about?: string }

/** An email did not come: one more time noted, and when it is asked for again; a minute, two, four, at last every hour. */
export async function setAside(place: Place, { uid, words, about = "" }: Trouble, now: Date): Promise<number> {
  const { mailboxId, folder, uidValidity } = place
  const told = { words: pgText(words).slice(0, 500), about: pgText(about).slice(0, 500) }
  return db.transaction(async (tx) => {
    const pause = sql`least(60 * power(2, least(${imapSetAside.tries}, 10)), 3600)`
    const [row] = await tx
      .insert(imapSetAside)
      .values({ mailboxId, folder, uidValidity, uid, ...told, since: now, dueAt: new Date(now.getTime() + 60_000) })
      .onConflictDoUpdate({
        target: [imapSetAside.mailboxId, imapSetAside.folder, imapSetAside.uidValidity, imapSetAside.uid],
        set: {
          words: told.words,
          ...(told.about === "" ? {} : { about: told.about }),
          tries: sql`${imapSetAside.tries} + 1`,
          dueAt: sql`${ts(now)} + make_interval(secs => ${pause})`,
        },
      })
      .returning({ tries: imapSetAside.tries })
    const tries = row?.tries ?? 1
    if (tries === triesUntilTold) await tellAdmins(tx, noticeOf(place, { uid, ...told }), now)
    return tries
  })
}

export const isLinesEnd = (tries: number) => tries >= mostLinesLost

export async function triesOf(place: Place, uid: number): Promise<number> {
  const [row] = await db
    .select({ tries: imapSetAside.tries })
    .from(imapSetAside)
    .where(and(here(place), eq(imapSetAside.uid, uid)))
  return row?.tries ?? 0
}

/** What of this folder is to be asked for again by now. */
export const dueAside = (place: Place, now: Date): Promise<SetAside[]> =>
  db
    .select()
    .from(imapSetAside)
    .where(and(here(place), lte(imapSetAside.dueAt, now)))
    .orderBy(asc(imapSetAside.dueAt), asc(imapSetAside.uid))
    .limit(atATime)

/** It came after all, or is gone from there. */
export async function cameAfterAll(place: Place, uid: number) {
  await db.delete(imapSetAside).where(and(here(place), eq(imapSetAside.uid, uid)))
}

/** The server numbered the folder anew. */
export async function forgetAside({ mailboxId, folder }: Pick<Place, "mailboxId" | "folder">) {
  await db.delete(imapSetAside).where(and(eq(imapSetAside.mailboxId, mailboxId), eq(imapSetAside.folder, folder)))
}

/** All that wait, of these mailboxes, for the people who can look at the server. */
export const asideOf = (mailboxIds: readonly number[]): Promise<SetAside[]> =>
  db
    .select()
    .from(imapSetAside)
    .where(inArray(imapSetAside.mailboxId, [...mailboxIds]))
    .orderBy(asc(imapSetAside.since), asc(imapSetAside.uid))
    .limit(50)

export async function asideIn(mailboxId: number): Promise<number> {
  const [row] = await db
    .select({ count: sql<number>`count(*)::int` })
    .from(imapSetAside)
    .where(eq(imapSetAside.mailboxId, mailboxId))
  return row?.count ?? 0
}

function noticeOf({ mailboxId, folder, address }: Place, { uid, words, about }: Trouble) {
  const text = [
    `An email to ${address} could not be fetched: its server does not hand it over. The others come as ever.`,
    `> ${words}`,
    `It lies in the folder ${folder} as number ${uid}${about ? `: ${about}` : ""}. Look at it there, with the provider's own program. It is tried again every hour; all such emails are listed under Settings, Mailboxes, Incoming mail.`,
  ]
  return {
    subject: `An email to ${address} could not be fetched`,
    text: text.join("\n\n"),
    key: `imap aside ${mailboxId}`,
  }
}

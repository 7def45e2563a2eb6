import { and, eq, sql } from "drizzle-orm"
import { db } from "#db/connection.server.ts"
import { imapAccounts, imapCursors } from "#db/tables/ways.ts"
import type { Imap, ImapFolder } from "#emails/incoming/imap.server.ts"
import { MailWithheld } from "#emails/incoming/imap-fetch.server.ts"
import { mostBytes } from "./hand-in.server.ts"
import type { ImapAccount } from "./imap-lease.server.ts"
import {
  asideIn,
  cameAfterAll,
  dueAside,
  forgetAside,
  isLinesEnd,
  type Place,
  setAside,
  triesOf,
} from "./imap-set-aside.server.ts"
import { keep } from "./inbox.server.ts"

type Found = { uid: number; size: number }

const atATime = 50
/** PostgreSQL's integer, which a server's word about a size may well exceed. */
const mostSize = 2 ** 31 - 1

/**
 * Everything above the high-water mark of a folder into the ledger. The mark follows the commit, never goes before it; a
 * new UIDVALIDITY begins again, and what is known by its bytes stays one mail. What the server does not hand over is set
 * aside and asked for again. Answers what it would not do, in words.
 */
export async function fetchNew(
  imap: Imap,
  account: ImapAccount,
  lease: string,
  now: () => Date,
): Promise<string | null> {
  const folder = await imap.open(account.folder)
  const place = { ...account, uidValidity: folder.uidValidity }
  let last = await markOf(imap, account, folder, now())
  let problem: string | null = null
  for (let found = await imap.above(last, atATime); found.length > 0; found = await imap.above(last, atATime))
    for (const mail of found) {
      problem = (await fetchOne(imap, place, mail, now())) ?? problem
      last = mail.uid
      if (!(await advance(account, folder, last, lease, now()))) return problem
    }
  problem = (await fetchAgain(imap, place, last, now())) ?? problem
  return problem ?? withheldWords(await asideIn(account.mailboxId))
}

type Here = ImapAccount & Place

const withheldWords = (count: number) => {
  if (count === 0) return null
  return `The server does not hand over ${count === 1 ? "one email" : `${count} emails`}; the others come as ever.`
}

/** What was passed over, once more. After the new ones: a server that hangs up over it has handed those over by then. */
async function fetchAgain(imap: Imap, place: Here, last: number, now: Date): Promise<string | null> {
  let problem: string | null = null
  for (const { uid } of await dueAside(place, now)) {
    if (uid > last) continue
    const [mail] = await imap.above(uid - 1, 1)
    const size = mail?.uid === uid ? mail.size : 0
    problem = (await fetchOne(imap, place, { uid, size }, now, true)) ?? problem
  }
  return problem
}

/**
 * Kept, then put away, and only then passed over: cut anywhere between, the next visit does what is left to do. An email
 * over which the line was lost again and again is passed over as well.
 */
async function fetchOne(imap: Imap, place: Here, mail: Found, now: Date, isAgain = false): Promise<string | null> {
  const { uid } = mail
  const before = await triesOf(place, uid)
  if (!isAgain && isLinesEnd(before)) return null
  const raw = await bytesOf(imap, place, mail, now)
  if (raw === "withheld") return null
  if (before > 0) await keepMail(place, mail, raw, now).then(() => cameAfterAll(place, uid))
  else await keepMail(place, mail, raw, now)
  return raw === null ? null : putAway(imap, place, uid)
}

async function bytesOf(imap: Imap, place: Here, { uid, size }: Found, now: Date) {
  try {
    return await (size > mostBytes ? imap.outline(uid, size) : imap.whole(uid))
  } catch (error) {
    // One email must not stop its mailbox: noted, and gone on with the next unless the line itself is lost.
    const isWithheld = error instanceof MailWithheld
    const about = isWithheld ? await imap.about(uid) : ""
    const words = error instanceof Error ? error.message : String(error)
    await setAside(place, { uid, words, about }, now)
    if (!isWithheld) throw error
    return "withheld"
  }
}

/** Somebody may have been quicker, and taken it out of the folder. */
async function keepMail({ address, host }: Here, { size }: Found, raw: Buffer | null, now: Date) {
  if (raw === null) return
  const envelope = { envelopeFrom: "", envelopeTo: [address], remote: host, asClosed: false }
  const sizeThere = Math.min(size > mostBytes ? size : raw.length, mostSize)
  await keep({ via: "imap", ...envelope, raw, size: sizeThere }, now)
}

/** What the server refuses here concerns a mail that is safe already, so the next ones still come. */
async function putAway(imap: Imap, { afterwards, moveTo }: ImapAccount, uid: number): Promise<string | null> {
  if (afterwards === "flag") return imap.flag(uid)
  return afterwards === "move" && moveTo !== null ? imap.move(uid, moveTo) : null
}

/** Where to go on; at a first visit, or when the server numbered the folder anew, where to begin. */
async function markOf(
  imap: Imap,
  account: ImapAccount,
  { uidValidity, uidNext }: ImapFolder,
  now: Date,
): Promise<number> {
  const { mailboxId, folder, fromStart, setUpAt } = account
  const here = and(eq(imapCursors.mailboxId, mailboxId), eq(imapCursors.folder, folder))
  const [mark] = await db.select().from(imapCursors).where(here)
  if (mark?.uidValidity === uidValidity) return mark.lastUid
  const lastUid = fromStart ? 0 : ((await imap.firstSince(toSecond(setUpAt))) ?? uidNext) - 1
  const set = { uidValidity, lastUid, movedOn: now }
  // Its numbers name nothing any more; what could not be fetched is met again under its new one.
  await forgetAside({ mailboxId, folder })
  await db
    .insert(imapCursors)
    .values({ mailboxId, folder, ...set })
    .onConflictDoUpdate({ target: [imapCursors.mailboxId, imapCursors.folder], set })
  return lastUid
}

/** False when the account is somebody else's by now, or another one. */
async function advance(account: ImapAccount, folder: ImapFolder, lastUid: number, lease: string, now: Date) {
  const isMine = sql`exists (select 1 from ${imapAccounts} where mailbox_id = ${account.mailboxId} and leased_by = ${lease})`
  const moved = await db
    .update(imapCursors)
    .set({ lastUid, movedOn: now })
    .where(
      and(
        eq(imapCursors.mailboxId, account.mailboxId),
        eq(imapCursors.folder, account.folder),
        eq(imapCursors.uidValidity, folder.uidValidity),
        isMine,
      ),
    )
    .returning({ lastUid: imapCursors.lastUid })
  return moved.length > 0
}

/** Servers tell the time of a mail to the second. */
const toSecond = (moment: Date) => new Date(Math.floor(moment.getTime() / 1000) * 1000)

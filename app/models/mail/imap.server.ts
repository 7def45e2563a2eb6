import { and, eq, sql } from "drizzle-orm"
import { db } from "#db/connection.server.ts"
import { imapAccounts, imapCursors } from "#db/tables/ways.ts"
import type { Imap, ImapFolder } from "#emails/incoming/imap.server.ts"
import { mostBytes } from "./hand-in.server.ts"
import type { ImapAccount } from "./imap-lease.server.ts"
import { keep } from "./inbox.server.ts"

type Found = { uid: number; size: number }

const atATime = 50
/** PostgreSQL's integer, which a server's word about a size may well exceed. */
const mostSize = 2 ** 31 - 1

/**
 * Everything above the high-water mark of a folder into the ledger (mail.md 3.5). The mark follows the commit, never
 * goes before it; a new UIDVALIDITY begins again, and what is known by its bytes stays one mail. Answers what the
 * server would not do with a mail afterwards, in its words.
 */
export async function fetchNew(
  imap: Imap,
  account: ImapAccount,
  lease: string,
  now: () => Date,
): Promise<string | null> {
  const folder = await imap.open(account.folder)
  let last = await markOf(imap, account, folder, now())
  let problem: string | null = null
  for (let found = await imap.above(last, atATime); found.length > 0; found = await imap.above(last, atATime))
    for (const mail of found) {
      problem = (await fetchOne(imap, account, mail, now())) ?? problem
      last = mail.uid
      if (!(await advance(account, folder, last, lease, now()))) return problem
    }
  return problem
}

/** Kept, then put away, and only then passed over: cut anywhere between, the next visit does what is left to do. */
async function fetchOne(imap: Imap, account: ImapAccount, { uid, size }: Found, now: Date): Promise<string | null> {
  const isLarge = size > mostBytes
  const raw = isLarge ? await imap.outline(uid, size) : await imap.whole(uid)
  // Somebody was quicker, and took it out of the folder.
  if (raw === null) return null
  const envelope = { envelopeFrom: "", envelopeTo: [account.address], remote: account.host, asClosed: false }
  const sizeThere = Math.min(isLarge ? size : raw.length, mostSize)
  await keep({ via: "imap", ...envelope, raw, size: sizeThere }, now)
  return putAway(imap, account, uid)
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

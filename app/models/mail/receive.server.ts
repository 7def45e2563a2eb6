import { and, eq, isNull, sql } from "drizzle-orm"
import { announce, wake } from "#db/announce.server.ts"
import { db, type Tx } from "#db/connection.server.ts"
import { mailReceived } from "#db/tables/mail.ts"
import { readerVersion } from "#emails/incoming/reader-version.ts"
import { pgText } from "#emails/incoming/text.ts"
import { ThreadEnded } from "#emails/incoming/threads.server.ts"
import { isAtLeast, type Viewer } from "../people/agent.ts"
import { once } from "../people/idempotency.server.ts"
import { type Arrived, type MailRow, readArrived } from "./arrived.server.ts"
import { bytesOf, type Claimed, claim, inTurn } from "./claim.server.ts"
import { mostAttempts, mostReadersEnded, pauseAfter } from "./fate.ts"
import { inHand } from "./in-hand.server.ts"
import { tellAdmins } from "./notice.server.ts"
import { giveOut } from "./stand.server.ts"
import { type Outcome, takeIn } from "./take-in.server.ts"
import { openUnreadable } from "./unreadable.server.ts"

/** Another worker has the mail now: whatever this one did is undone. */
class LeaseLost extends Error {}

/**
 * Takes one due mail from the ledger to its fate: parsed and its files stored outside, everything else in one
 * transaction. False when nothing is due. Several may run at once.
 */
export async function receiveNext(leaseName: string, now: () => Date): Promise<boolean> {
  const claimed = await claim(leaseName)
  if (!claimed) return false
  const { row } = claimed
  try {
    if (hasNoTriesLeft(row)) throw new Error(row.lastError ?? "the parser crashed on it")
    await inTurn(claimed, () =>
      inHand(row, async () => {
        const mail = await readArrived(row, await bytesOf(claimed))
        await db.transaction((tx) => handle(tx, mail, leaseName, now()))
      }),
    )
  } catch (error) {
    // One mail must not stop the rest; what went wrong is written on its row.
    if (!(error instanceof LeaseLost)) await putOff(claimed, leaseName, error, now())
  }
  return true
}

/** Whether a mail is due: work that can wait makes way for it. */
export async function mailWaits(): Promise<boolean> {
  const [row] = await db.execute<{ waits: boolean }>(
    sql`select exists (select from mail_received where fate is null and due_at <= clock_timestamp()) as waits`,
  )
  return row?.waits ?? false
}

/** The row is settled before the case is given out, for that locks the mailbox's agents until the commit. */
async function handle(tx: Tx, mail: Arrived, leaseName: string, now: Date) {
  const outcome = await takeIn(tx, mail, now)
  await settle(tx, mail.row.id, leaseName, { ...seenIn(mail), ...outcome }, now)
  const { give, caseNumber } = outcome
  if (caseNumber === null) return
  if (give) await giveOut(tx, caseNumber, give === "nobody has it" ? null : give, now)
  else if (stoodQuietly(outcome) && !mail.row.asClosed) await announce(tx, { kind: "message", caseNumber }, now)
}

/** Nobody is given anything by it, but whoever has the case open sees it appear. */
const stoodQuietly = ({ fate }: Outcome) => fate === "joined" || fate === "auto" || fate === "held"

type Seen = Partial<Pick<MailRow, "from" | "to" | "subject" | "fingerprint" | "authenticity">>

/** A mail nothing could be made of is settled without what only reading tells. */
type Settled = Pick<Outcome, "fate" | "because" | "caseNumber" | "give"> & Partial<Outcome>

const letGo = { leasedBy: null, leasedUntil: null, lastError: null }

/** The fencing: a row whose lease somebody else holds by now is theirs. */
async function settle(tx: Tx, id: number, leaseName: string, { give: _, ...told }: Settled & Seen, now: Date) {
  const done = await tx
    .update(mailReceived)
    .set({ ...told, handledAt: now, ...letGo, readBy: readerVersion })
    .where(and(eq(mailReceived.id, id), eq(mailReceived.leasedBy, leaseName), isNull(mailReceived.fate)))
    .returning({ id: mailReceived.id })
  if (done.length === 0) throw new LeaseLost()
}

function seenIn({ row, email, fingerprint, authenticity }: Arrived): Seen {
  const [from] = email.from
  const to = email.to.map(({ address }) => address)
  return {
    from: (from?.address || from?.name || row.envelopeFrom).slice(0, 320),
    to: (to.length > 0 ? to : row.envelopeTo).join(", ").slice(0, 1000),
    subject: email.subject,
    fingerprint,
    authenticity,
  }
}

/** A mail that ended the process each time has used up its tries without leaving an error. */
const hasNoTriesLeft = ({ attempts, readersEnded }: MailRow) =>
  attempts > mostAttempts || readersEnded >= mostReadersEnded

async function putOff(claimed: Claimed, leaseName: string, error: unknown, now: Date) {
  // Anything but the end of its reader may be the trouble of the moment: the database away, the disk full.
  const readersEnded = claimed.row.readersEnded + (error instanceof ThreadEnded ? 1 : 0)
  const row = { ...claimed.row, readersEnded, lastError: wordsOf(error) }
  const mine = and(eq(mailReceived.id, row.id), eq(mailReceived.leasedBy, leaseName), isNull(mailReceived.fate))
  if (row.attempts >= mostAttempts || readersEnded >= mostReadersEnded) {
    const raw = await bytesOf(claimed)
    return db.transaction((tx) => giveUp(tx, row, raw, leaseName, now))
  }
  const { lastError } = row
  await db
    .update(mailReceived)
    .set({
      lastError,
      readersEnded,
      leasedBy: null,
      leasedUntil: null,
      dueAt: sql`now() + make_interval(secs => ${pauseAfter(row.attempts)})`,
    })
    .where(mine)
}

/** The innermost error: what the query builder wraps around it quotes the whole mail. */
function wordsOf(error: unknown): string {
  if (error instanceof Error && error.cause) return wordsOf(error.cause)
  return pgText(error instanceof Error ? error.message : String(error)).slice(0, 500)
}

/** Read or not, a mail ends in front of a person. */
async function giveUp(tx: Tx, row: MailRow, raw: Buffer, leaseName: string, now: Date) {
  const caseNumber = row.caseNumber ?? (await openUnreadable(tx, row, raw, now))
  const because = `Could not be read: ${row.lastError ?? ""}`.slice(0, 500)
  await settle(tx, row.id, leaseName, { fate: "failed", because, caseNumber, give: null }, now)
  const { lastError, readersEnded } = row
  await tx.update(mailReceived).set({ lastError, readersEnded }).where(eq(mailReceived.id, row.id))
  await giveOut(tx, caseNumber, null, now)
  await tellAdmins(tx, noticeOf(row, caseNumber), now)
}

/** One a day: somebody who sends a hundred of them fills no admin's inbox. */
const noticeOf = ({ id, lastError }: MailRow, caseNumber: number) => ({
  subject: "An email could not be read",
  text: `Email ${id} could not be read: ${lastError ?? ""}. It was set aside as case ${caseNumber}, with the original attached. If there are more today, they stand in the mail ledger under "Could not be read".`,
  key: "unreadable mail",
})

/** As a mail nobody has tried yet, due at once. */
export const afresh = {
  fate: null,
  handledAt: null,
  attempts: 0,
  readersEnded: 0,
  dueAt: sql`now()`,
  leasedBy: null,
  leasedUntil: null,
}

/** Tries once more to read a mail that could not be read; what it says then stands in the case it already has. */
export async function retryMail(viewer: Viewer, id: number, _now: Date): Promise<"retried" | "not allowed" | null> {
  if (!isAtLeast(viewer, "lead")) return "not allowed"
  return once(viewer, "retry mail", async (tx) => {
    const done = await tx
      .update(mailReceived)
      .set(afresh)
      .where(and(eq(mailReceived.id, id), eq(mailReceived.fate, "failed")))
      .returning({ id: mailReceived.id })
    if (done.length === 0) return null
    await wake(tx, "mail received")
    return "retried"
  })
}

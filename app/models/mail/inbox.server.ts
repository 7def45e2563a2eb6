import { type SQL, sql } from "drizzle-orm"
import { pieceBytes, sha256Of, storing } from "#db/bytes.server.ts"
import { type Db, db, type Tx, ts } from "#db/connection.server.ts"
import { pgText } from "#emails/incoming/text.ts"
import { threadIdsIn } from "#emails/incoming/thread-ids.server.ts"
import { turnOf } from "./threading.ts"

export type Arrival = {
  via: "smtp" | "api" | "imap" | "import"
  envelopeFrom: string
  envelopeTo: string[]
  remote: string
  /** The name the sending server gave itself, by SMTP. */
  helo?: string
  raw: Buffer
  /** Of the whole mail, when these bytes only stand for it. */
  size?: number
  /** History: it becomes closed cases that nobody is given and nothing is answered to. */
  asClosed: boolean
}

/**
 * Takes a mail into the ledger. When this returns its bytes are committed, whatever happens next; the same delivery
 * once more is the row it already is. One statement when it fits into one, for the sender waits for it.
 */
export async function keep(arrival: Arrival, now: Date): Promise<{ id: number; known: boolean }> {
  const digest = await digestOf(arrival)
  const store = (by: Tx | Db) => (raw: SQL) => by.execute<{ id: number }>(insertion(arrival, digest, raw, now))
  const [row] =
    arrival.raw.length <= pieceBytes
      ? await store(db)(sql`${arrival.raw}`)
      : await db.transaction((tx) => storing(tx, arrival.raw, store(tx)))
  return row ? { id: row.id, known: false } : { id: await idOf(digest), known: true }
}

/** Answers with the new row's id, or with nothing when the mail was here. */
function insertion(arrival: Arrival, digest: string, raw: SQL, now: Date) {
  const { via, envelopeFrom, envelopeTo, remote, helo = "", size = arrival.raw.length, asClosed } = arrival
  const { own, answers, root } = turnOf(threadIdsIn(arrival.raw))
  return sql`
    with kept as (
      insert into mail_received (received_at, via, envelope_from, envelope_to, remote, helo, digest, size, as_closed, due_at,
                                 rfc_message_id, answers, thread_root)
      values (${ts(now)}, ${via}, ${pgText(envelopeFrom)}, ${JSON.stringify(envelopeTo.map(pgText))}::jsonb, ${remote},
              ${pgText(helo).slice(0, 255)}, ${digest}, ${size}, ${asClosed}, now(),
              ${own}, array(select jsonb_array_elements_text(${JSON.stringify(answers)}::jsonb)), ${root})
      on conflict (digest) do nothing
      returning id),
    bytes as (insert into mail_bytes (mail_id, raw) select id, ${raw} from kept returning mail_id)
    select mail_id::float8 as id, pg_notify('work', 'mail received') from bytes`
}

/** A row somebody else has just inserted is not seen by the statement that met it. */
async function idOf(digest: string): Promise<number> {
  const [row] = await db.execute<{ id: number }>(
    sql`select id::float8 as id from mail_received where digest = ${digest}`,
  )
  if (!row) throw new Error("a mail known by its digest is not in the ledger")
  return row.id
}

type Posted = Pick<Arrival, "envelopeFrom" | "envelopeTo" | "raw" | "asClosed">

/** Of the envelope and the bytes: a sender's second try is the same mail, the same bytes to somebody else are not. */
export function digestOf({ envelopeFrom, envelopeTo, raw, asClosed }: Posted) {
  const envelope = JSON.stringify([envelopeFrom, [...envelopeTo].sort(), asClosed])
  return sha256Of([Buffer.from(`${envelope}\0`), raw])
}

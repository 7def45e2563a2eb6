import { createPrivateKey } from "node:crypto"
import { and, asc, desc, eq, isNotNull, isNull, lt, or, sql } from "drizzle-orm"
import { type Db, db, type Tx } from "#db/connection.server.ts"
import { dkimKeys } from "#db/tables/ways.ts"
import { type Algorithm, makeSigningKey, type SigningKey, signed } from "#emails/outgoing/dkim.server.ts"
import { isAtLeast, type Viewer } from "../people/agent.ts"
import { canonicalDomain } from "../people/domain.ts"
import { once } from "../people/idempotency.server.ts"
import { seal, unsealed } from "../people/sealed.server.ts"
import { textsAt } from "./dns.server.ts"
import { dkimFinding, dkimRecord, type Finding } from "./dns-records.ts"

type KeyRow = typeof dkimKeys.$inferSelect

const purpose = (domain: string, selector: string) => `dkim ${selector}.${domain}`

/** The mail signed for the domain it is from, once its key is published; else as it is. Done once: every try sends the same. */
export async function signFor(tx: Tx, fromAddress: string, raw: Buffer, now: Date): Promise<Buffer> {
  const domain = domainOf(fromAddress)
  const rows = await newestPublished(tx, domain)
  const keys: SigningKey[] = []
  for (const row of rows) {
    const key = opened(row)
    if (key) keys.push(key)
    else await tx.update(dkimKeys).set({ publishedAt: null, checkWords: lostWords }).where(eq(dkimKeys.id, row.id))
  }
  return keys.length === 0 ? raw : signed(raw, keys, now)
}

/** Mail without a signature is better than none: an admin is told of the key instead. */
const lostWords = "This key was sealed under another SECRET and cannot be opened: make another, and forget this one."

/** An address's domain, as keys are kept by it. */
export const domainOf = (address: string) => canonicalDomain(address.slice(address.lastIndexOf("@") + 1)) ?? ""

/** One of each kind: who cannot check the newer kind checks the other (RFC 8463 section 3). */
function newestPublished(tx: Tx | Db, domain: string): Promise<KeyRow[]> {
  return tx
    .selectDistinctOn([dkimKeys.algorithm])
    .from(dkimKeys)
    .where(and(eq(dkimKeys.domain, domain), isNotNull(dkimKeys.publishedAt)))
    .orderBy(desc(dkimKeys.algorithm), desc(dkimKeys.id))
}

/** Opened keys, by row: a desk has a handful, and opening one takes longer than signing with it. */
const openKeys = new Map<string, SigningKey>()

function opened({ domain, selector, algorithm, sealedKey, publicKey }: KeyRow): SigningKey | null {
  const known = openKeys.get(publicKey)
  if (known) return known
  const pem = unsealed(sealedKey, purpose(domain, selector))
  if (pem === null) return null
  const privateKey = createPrivateKey(pem)
  const key = { domain, selector, algorithm, privateKey }
  openKeys.set(publicKey, key)
  return key
}

/** A new key of the domain, unless one of its kind still waits to be published; it signs nothing until DNS has been seen to. */
export async function makeKey(viewer: Viewer, domain: string, algorithm: Algorithm, now: Date) {
  if (!isAtLeast(viewer, "admin")) return "not yours" as const
  const { privatePem, publicKey } = await makeSigningKey(algorithm)
  return once(viewer, "make key", async (tx) => {
    if (await isWaiting(tx, domain, algorithm)) return "waiting" as const
    const [row] = await tx.execute<{ id: string }>(sql`select nextval(pg_get_serial_sequence('dkim_keys', 'id')) as id`)
    // Never one that was used before: DNS may still tell the old key under it.
    const [id, selector] = [Number(row?.id), `upturn${row?.id}`]
    const sealedKey = seal(privatePem, purpose(domain, selector))
    await tx.insert(dkimKeys).values({ id, domain, selector, algorithm, sealedKey, publicKey, createdAt: now })
    return "made" as const
  })
}

async function isWaiting(tx: Tx, domain: string, algorithm: Algorithm) {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`dkim ${domain}`}, 0))`)
  const its = and(eq(dkimKeys.domain, domain), eq(dkimKeys.algorithm, algorithm))
  const waits = and(its, isNull(dkimKeys.publishedAt), isNull(dkimKeys.checkedAt))
  return (await tx.select({ id: dkimKeys.id }).from(dkimKeys).where(waits).limit(1)).length > 0
}

export type ShownKey = Omit<KeyRow, "sealedKey">

/** A domain's keys without their private halves, oldest first. */
export async function keysOf(domain: string): Promise<ShownKey[]> {
  const rows = await db.select().from(dkimKeys).where(eq(dkimKeys.domain, domain)).orderBy(asc(dkimKeys.id))
  return rows.map(({ sealedKey: _never, ...shown }) => shown)
}

/** Asks DNS for a key. Seen there it begins to sign; seen to be gone or another, it ends. No answer changes nothing. */
export async function checkKey(viewer: Viewer, domain: string, keyId: number, now: Date) {
  if (!isAtLeast(viewer, "admin")) return "not yours" as const
  const [key] = await db
    .select()
    .from(dkimKeys)
    .where(and(eq(dkimKeys.id, keyId), eq(dkimKeys.domain, domain)))
  if (!key) return "no such key" as const
  const finding = dkimFinding(key, await textsAt(dkimRecord(key).name))
  return once(viewer, "check key", async (tx) => {
    await noteFinding(tx, key, finding, now)
    return finding
  })
}

async function noteFinding(tx: Tx | Db, key: KeyRow, finding: Finding, now: Date) {
  const checked = { checkedAt: now, checkWords: finding.words, ...publishedBy(finding, key, now) }
  await tx.update(dkimKeys).set(checked).where(eq(dkimKeys.id, key.id))
}

/** Four times a day every key: one that is published begins to sign, one that has gone would only do harm. */
export async function checkKeys(now: Date): Promise<number> {
  const ago = new Date(now.getTime() - 6 * 3_600_000)
  const due = await db
    .select()
    .from(dkimKeys)
    .where(or(isNull(dkimKeys.checkedAt), lt(dkimKeys.checkedAt, ago)))
    .orderBy(asc(dkimKeys.id))
    .limit(50)
  for (const key of due) await noteFinding(db, key, dkimFinding(key, await textsAt(dkimRecord(key).name)), now)
  return due.length
}

function publishedBy({ state }: Finding, { publishedAt }: KeyRow, now: Date) {
  if (state === "unknown") return {}
  return { publishedAt: state === "found" ? (publishedAt ?? now) : null }
}

/** Signs nothing any more. Its DNS record should stay until the last mail signed with it has arrived. */
export async function forgetKey(viewer: Viewer, domain: string, keyId: number) {
  if (!isAtLeast(viewer, "admin")) return "not yours" as const
  return once(viewer, "forget key", async (tx) => {
    await tx.delete(dkimKeys).where(and(eq(dkimKeys.id, keyId), eq(dkimKeys.domain, domain)))
    return "forgotten" as const
  })
}

import { and, desc, eq, gt, inArray, sql } from "drizzle-orm"
import { announce } from "#db/announce.server.ts"
import { type Tx, ts } from "#db/connection.server.ts"
import { cases } from "#db/tables/cases.ts"
import { mailRecipients, mailToSend } from "#db/tables/mail.ts"
import type { BouncedRecipient } from "#emails/incoming/email.ts"
import { readOurMessageId, readReturnPath } from "#emails/signed.server.ts"
import { waitAgain } from "../cases/case.server.ts"
import { livingNumber } from "../cases/family.server.ts"
import { comparable } from "../people/address.ts"
import { secretKey } from "../people/secret.server.ts"
import { requestBounced } from "../ratings/request.server.ts"
import type { Arrived } from "./arrived.server.ts"
import { countBounce, heedComplaint } from "./given-up.server.ts"
import { joinWith, type Scene } from "./stand.server.ts"
import { storedId, tokenPlaces } from "./threading.ts"

type Sent = Pick<typeof mailToSend.$inferSelect, "id" | "kind" | "messageId" | "caseNumber"> & { isProven: boolean }
type Told = { caseNumber: number | null; because: string }

/**
 * A bounce or a complaint goes to the very reply it concerns, quietly; one that names none of our mail
 * rests in the ledger. What changes a delivery must be proven by a signature of ours: anybody can write a bounce.
 */
export async function takeBack(tx: Tx, mail: Arrived, scene: Scene, now: Date): Promise<Told> {
  const { kind, bounce } = mail.email.machine
  const sent = await sentMailOf(tx, mail)
  const what = kind === "complaint" ? "a complaint" : "mail that came back"
  if (!sent) return { caseNumber: null, because: `It is ${what}, but names none of ours.` }
  const failed = sent.isProven && kind === "bounce" ? await failRecipients(tx, sent, bounce?.recipients ?? [], now) : []
  if (sent.caseNumber === null) return { caseNumber: null, because: `It is ${what}, about mail that is in no case.` }
  const into = sent.caseNumber
  const because = becauseOf(kind, failed, bounce?.recipients ?? [])
  await joinWith(tx, mail, { into, standing: "speaks", because, isQuiet: true }, scene, now)
  if (kind === "complaint" && sent.isProven) await heedComplaint(tx, into, now)
  if (failed.length > 0 && (await isNowhereDelivered(tx, sent.id))) await reachedNobody(tx, sent, into, now)
  const living = (await livingNumber(tx, into)) ?? into
  const [kase] = await tx
    .select({ agentId: cases.agentId, mailboxId: cases.mailboxId })
    .from(cases)
    .where(eq(cases.number, living))
  await announce(tx, { kind: "bounce", caseNumber: living, ...kase }, now)
  return { caseNumber: into, because }
}

function becauseOf(kind: string | null, failed: string[], recipients: BouncedRecipient[]) {
  if (kind === "complaint") return "The recipient complained about our mail."
  if (failed.length > 0) return `Our mail could not be delivered to ${failed.join(", ").slice(0, 300)}.`
  const named = recipients.map(({ address }) => address).join(", ")
  return recipients.some(({ delayed }) => delayed)
    ? `Our mail to ${named.slice(0, 300)} is delayed; its mail system is still trying.`
    : "A mail system says our mail came back, without proof that it is ours."
}

/** The mail of ours it is about: by return path, by our Message-ID in it, else the last one sent to that address. */
async function sentMailOf(tx: Tx, mail: Arrived): Promise<Sent | null> {
  const { row, email } = mail
  const addressKey = secretKey("reply address")
  const paths = tokenPlaces(row.envelopeTo, email).flatMap((place) => readReturnPath(place, addressKey)?.mailId ?? [])
  const idKey = secretKey("message id")
  const named = [...(email.machine.bounce?.originalIds ?? []), email.inReplyTo ?? "", ...email.references]
  const ids = named.filter((id) => typeof readOurMessageId(id, idKey) === "object" && readOurMessageId(id, idKey))
  const proven = await findSent(tx, paths, ids)
  if (proven) return { ...proven, isProven: true }
  const addresses = (email.machine.bounce?.recipients ?? []).map(({ address }) => comparable(address))
  const likely = addresses.length > 0 ? await lastSentTo(tx, addresses, row.receivedAt) : null
  return likely && { ...likely, isProven: false }
}

const { id, kind, messageId, caseNumber } = mailToSend
const columns = { id, kind, messageId, caseNumber }

async function findSent(tx: Tx, paths: number[], ids: string[]) {
  if (paths.length === 0 && ids.length === 0) return null
  const byPath = paths.length > 0 ? inArray(mailToSend.id, paths) : sql`false`
  const byId = ids.length > 0 ? inArray(mailToSend.rfcMessageId, ids.map(storedId)) : sql`false`
  const [row] = await tx.select(columns).from(mailToSend).where(sql`${byPath} or ${byId}`).limit(1)
  return row ?? null
}

async function lastSentTo(tx: Tx, addresses: string[], at: Date) {
  const lately = new Date(at.getTime() - 5 * 86_400_000)
  const [row] = await tx
    .select(columns)
    .from(mailToSend)
    .innerJoin(mailRecipients, eq(mailRecipients.mailId, mailToSend.id))
    .where(and(inArray(mailRecipients.address, addresses), gt(mailToSend.sentAt, lately)))
    .orderBy(desc(mailToSend.id))
    .limit(1)
  return row ?? null
}

/** The addresses given up on, now marked so; a warning that somebody is still trying marks none. */
async function failRecipients(tx: Tx, sent: Sent, recipients: BouncedRecipient[], now: Date): Promise<string[]> {
  if (recipients.length > 0 && recipients.every(({ delayed }) => delayed)) return []
  const sentTo = await tx.select().from(mailRecipients).where(eq(mailRecipients.mailId, sent.id))
  const failures = sentTo.flatMap(({ address, state }) => {
    const told = recipients.find((one) => comparable(one.address) === comparable(address))
    // One letter to one address came back: it is that one, whatever alias the notice names.
    const failure = told ?? (sentTo.length === 1 ? (recipients[0] ?? nameless) : null)
    return failure && !failure.delayed && state !== "bounced" ? [{ address, failure }] : []
  })
  for (const { address, failure } of failures) {
    const answer = [failure.status, failure.reason].filter((word) => word !== "").join(" ")
    await tx
      .update(mailRecipients)
      .set({ state: "bounced", answer, at: now })
      .where(and(eq(mailRecipients.mailId, sent.id), eq(mailRecipients.address, address)))
    await countBounce(tx, sent, address, failure, now)
  }
  return failures.map(({ address }) => address)
}

const nameless: BouncedRecipient = { address: "", status: "", hard: false, reason: "undefined", delayed: false }

async function isNowhereDelivered(tx: Tx, mailId: number) {
  const arrived = and(eq(mailRecipients.mailId, mailId), inArray(mailRecipients.state, ["waiting", "accepted"]))
  return (await tx.select({ id: mailRecipients.id }).from(mailRecipients).where(arrived).limit(1)).length === 0
}

/** Nobody read our answer: it was never asked about, and the case waits on us again unless something was said since. */
async function reachedNobody(tx: Tx, { messageId }: Sent, caseNumber: number, now: Date) {
  if (messageId === null) return
  await requestBounced(tx, messageId, now)
  const [later] = await tx.execute(sql`
    select 1 from messages where case_number = ${caseNumber} and id > ${messageId} and machine is null
       and not unverified and at <= ${ts(now)} limit 1`)
  if (!later) await waitAgain(tx, caseNumber, now)
}

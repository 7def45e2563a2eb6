import { announce } from "#db/announce.server.ts"
import type { Tx } from "#db/connection.server.ts"
import type { Address } from "#db/tables/cases.ts"
import { attach } from "../cases/attachment.server.ts"
import { openCase } from "../cases/case.server.ts"
import { addHistory, closeAsHistory } from "../cases/history.server.ts"
import { appendMessage, type NewMessage } from "../cases/message.server.ts"
import { keepPage } from "../cases/message-page.server.ts"
import { noteAlsoTo, standBeside } from "../cases/near.server.ts"
import { addParticipant } from "../cases/participant.server.ts"
import { customerFor } from "../people/customer.server.ts"
import { markDeliverable } from "../people/undeliverable.server.ts"
import { assignCase } from "../sharing/assignment.server.ts"
import { type Addressed, type Box, boxAt } from "./addressed.ts"
import type { Arrived } from "./arrived.server.ts"
import { besideWhatWasSaid } from "./beside.server.ts"
import type { Forwarder } from "./forwarder.server.ts"
import { openedOf } from "./heard.ts"
import { type HeldFor, heldFor } from "./held-for.ts"
import { noteMissing } from "./missing-parents.server.ts"
import { copiesOf, elsewhere, type Sender } from "./participants.ts"
import type { Standing } from "./place.ts"
import type { Pointed } from "./pointers.server.ts"

export type Scene = { boxes: readonly Box[]; addressed: Addressed; sender: Sender; forwarder: Forwarder | null }

type Beside = { near: number | null; because: string }

/** A new case of this mail. Its number; giving it to somebody comes last, for that holds the agents' locks. */
export async function openWith(tx: Tx, mail: Arrived, beside: Beside, scene: Scene, now: Date): Promise<number> {
  const { boxes, addressed, sender, forwarder } = scene
  const at = spokenAt(mail, now)
  const requester = sender.address === null ? null : { name: sender.name.slice(0, 200), address: sender.address }
  const customerId = requester ? await customerFor(tx, requester, at) : null
  if (requester && mail.email.machine.kind === null) await markDeliverable(tx, requester.address)
  const { subject } = mail.email
  const { asClosed } = mail.row
  const { id: mailboxId } = addressed.box
  const number = await openCase(tx, { mailboxId, customerId, subject, requester, waiting: !asClosed }, at)
  const opened = { ...mail, email: openedOf(mail.email, sender) }
  await append(
    tx,
    opened,
    { caseNumber: number, customerId, joinedBecause: null, forwardedBy: forwarder?.agentId },
    now,
  )
  if (beside.near !== null) await standBeside(tx, number, beside.near, beside.because)
  await noteOthers(tx, number, mail, scene, now)
  for (const copy of copiesOf(mail.email, (address) => boxAt(boxes, address) !== null, sender.address))
    await addParticipant(tx, number, copy, "accepted", at)
  if (asClosed) await closeAsHistory(tx, number, at)
  return number
}

export type Joining = { into: number; standing: Standing; because: string; isQuiet: boolean }

/** A mail takes its place in a case that is there. Whoever it names besides is pending until an agent says yes. */
export async function joinWith(tx: Tx, mail: Arrived, joining: Joining, scene: Scene, now: Date) {
  const { into, standing, because, isQuiet } = joining
  const { boxes, sender } = scene
  const reason = heldFor[standing]
  const unverified = reason !== null
  const isUs = sender.address !== null && boxAt(boxes, sender.address) !== null
  const known = sender.address !== null && !isQuiet && !unverified && !isUs
  const customerId = known ? await customerFor(tx, { name: sender.name, address: sender.address ?? "" }, now) : null
  if (known && sender.address) await markDeliverable(tx, sender.address)
  const heard = await besideWhatWasSaid(tx, mail, into)
  await append(tx, heard, { caseNumber: into, customerId, joinedBecause: because, unverified, heldFor: reason }, now)
  if (isQuiet) return
  // Whoever was not in it before stands as pending. One who only claims to be in it is nobody new.
  const isNew = sender.address !== null && !isUs && (standing === "unverified" || standing === "pending")
  const self: Address[] = isNew ? [{ name: sender.name, address: sender.address ?? "" }] : []
  const copies = copiesOf(mail.email, (address) => boxAt(boxes, address) !== null, sender.address)
  // An unverified sender brings nobody along: that is how strangers had histories sent to themselves elsewhere.
  for (const copy of unverified ? self : [...self, ...copies]) await addParticipant(tx, into, copy, "pending", now)
  await noteOthers(tx, into, mail, scene, now)
  if (mail.row.asClosed) await addHistory(tx, into, spokenAt(mail, now))
}

type Place = Pick<NewMessage, "caseNumber" | "joinedBecause" | "forwardedBy"> & {
  customerId: number | null
  unverified?: boolean
  heldFor?: HeldFor | null
}

async function append(tx: Tx, mail: Arrived, place: Place, now: Date) {
  const { row, email, files, rfcMessageId, authenticity } = mail
  const at = spokenAt({ row, email }, now)
  const [from] = email.from
  const { caseNumber } = place
  const { text, newText, html } = email
  const messageId = await appendMessage(
    tx,
    {
      ...{ ...place, kind: "email", at, rfcMessageId, mailId: row.id, machine: email.machine.kind },
      ...{ authenticity: authenticity.level, marks: email.marks, replyTo: elsewhere(email) },
      from: from ?? { name: "", address: row.envelopeFrom },
      ...{ to: email.to, cc: email.cc, subject: email.subject, text, newText, html },
      inReplyTo: email.inReplyTo && `<${email.inReplyTo}>`,
      references: email.references.map((id) => `<${id}>`),
    },
    at,
    row.asClosed,
  )
  await noteMissing(tx, email, caseNumber, messageId)
  const fileIds = await attach(
    tx,
    files.map((file) => ({ ...file, messageId, caseNumber })),
    now,
  )
  if (email.page) await keepPage(tx, messageId, { page: email.page, trouble: null }, fileIds)
}

/** The other mailboxes one sending was for: the case stands in the first of them. */
async function noteOthers(tx: Tx, caseNumber: number, { row }: Arrived, { boxes, addressed }: Scene, now: Date) {
  const found = row.envelopeTo.flatMap((recipient) => boxAt(boxes, recipient) ?? [])
  for (const box of new Set(found)) if (box.id !== addressed.box.id) await noteAlsoTo(tx, caseNumber, box.address, now)
}

/** The same mail came to another of our mailboxes as well: one case, and it says so. */
export async function alsoCameTo(tx: Tx, first: Arrived["row"], box: Box, now: Date) {
  if (first.caseNumber === null || first.mailboxId === null || first.mailboxId === box.id) return
  await noteAlsoTo(tx, first.caseNumber, box.address, now)
}

/** Ordered by when we received it; history by when it says it was written, as far as that can be. */
export function spokenAt({ row, email }: Pick<Arrived, "row" | "email">, now: Date): Date {
  if (!row.asClosed || !email.date || email.date > now) return row.receivedAt
  return email.date
}

/** Somebody must have a case that waits; whoever has it keeps it. */
export async function giveOut(tx: Tx, number: number, holder: Pick<Pointed, "agentId"> | null, now: Date) {
  if (holder?.agentId != null) await announce(tx, { kind: "message", caseNumber: number, agentId: holder.agentId }, now)
  else await assignCase(tx, number, now)
}

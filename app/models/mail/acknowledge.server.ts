import { and, eq, isNotNull, sql } from "drizzle-orm"
import { type Tx, ts } from "#db/connection.server.ts"
import { customerAddresses } from "#db/tables/people.ts"
import { replyAddress } from "#emails/signed.server.ts"
import { secretKey } from "../people/secret.server.ts"
import { settingsIn } from "../people/settings.server.ts"
import { type AcknowledgeFacts, acknowledgement, whyNotAcknowledge } from "./acknowledge.ts"
import { boxAt } from "./addressed.ts"
import type { Arrived } from "./arrived.server.ts"
import { voiceOf } from "./authenticity.ts"
import { postAutomatic } from "./automatic-mail.server.ts"
import { isAgent } from "./forwarder.server.ts"
import type { Scene } from "./stand.server.ts"

/** Tells a new case's customer that it has arrived, where the desk is set to and the caps allow it. */
export async function acknowledge(tx: Tx, mail: Arrived, caseNumber: number, scene: Scene, now: Date) {
  const desk = await settingsIn(tx)
  const { address, name } = scene.sender
  if (!desk["mail.acknowledge"] || address === null || mail.row.asClosed || scene.forwarder) return
  if (whyNotAcknowledge(await factsOf(tx, mail, address, scene, now)) !== null) return
  const { box } = scene.addressed
  await postAutomatic(
    tx,
    {
      ...{ kind: "acknowledgement", mailboxId: box.id, caseNumber, to: [{ name, address }] },
      subject: `${desk["desk.name"]}: your message has arrived (#${caseNumber})`,
      text: acknowledgement(desk["mail.acknowledgeText"], caseNumber),
      inReplyTo: mail.rfcMessageId,
      replyTo: replyAddress(box.address, caseNumber, secretKey("reply address")),
    },
    now,
  )
}

async function factsOf(tx: Tx, mail: Arrived, address: string, scene: Scene, now: Date): Promise<AcknowledgeFacts> {
  const { row, email, authenticity } = mail
  return {
    isOn: true,
    voice: voiceOf(authenticity),
    machine: email.machine.kind,
    hasNullSender: row.via === "smtp" && row.envelopeFrom === "",
    isOurs: boxAt(scene.boxes, address) !== null || (await isAgent(tx, address)),
    isUndeliverable: await comesBack(tx, address),
    ...(await countsOf(tx, { address, mailboxId: scene.addressed.box.id, subject: email.subject }, now)),
  }
}

async function comesBack(tx: Tx, address: string) {
  const dead = and(eq(customerAddresses.address, address), isNotNull(customerAddresses.undeliverableAt))
  return (await tx.select({ address: customerAddresses.address }).from(customerAddresses).where(dead)).length > 0
}

type Counts = Pick<AcknowledgeFacts, "toAddress" | "toDomain" | "fromMailbox" | "underSubject" | "opened">
type Asked = { address: string; mailboxId: number; subject: string }

/** One statement for everything that is counted before a machine answers. */
async function countsOf(tx: Tx, { address, mailboxId, subject }: Asked, now: Date): Promise<Counts> {
  const ago = (minutes: number) => ts(new Date(now.getTime() - minutes * 60_000))
  const domain = address.slice(address.lastIndexOf("@"))
  const [row] = await tx.execute<Counts>(sql`
    with sent as (
      select m.written_at as at, r.address from mail_to_send m join mail_recipients r on r.mail_id = m.id
       where m.kind = 'acknowledgement' and m.mailbox_id = ${mailboxId} and m.written_at > ${ago(24 * 60)}
    ), came as (
      select subject from mail_received where received_at > ${ago(60)}
    )
    select (select count(*)::int from sent where address = ${address}) as "toAddress",
           (select count(*)::int from sent where address like ${`%${domain.replace(/[%_\\]/g, "\\$&")}`} and at > ${ago(60)}) as "toDomain",
           (select count(*)::int from sent where at > ${ago(60)}) as "fromMailbox",
           (select 1 + count(*)::int from came where lower(subject) = lower(${subject})) as "underSubject",
           (select count(*)::int from participants p join cases c on c.number = p.case_number
             where p.address = ${address} and p.standing = 'requester' and c.opened_at > ${ago(10)}) as opened`)
  return row ?? { toAddress: 0, toDomain: 0, fromMailbox: 0, underSubject: 0, opened: 1 }
}

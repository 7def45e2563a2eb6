import { asc, eq } from "drizzle-orm"
import { unproven } from "#app/models/mail/authenticity.ts"
import { keep } from "#app/models/mail/inbox.server.ts"
import { receiveNext } from "#app/models/mail/receive.server.ts"
import { db } from "#db/connection.server.ts"
import { cases, messages, participants } from "#db/tables/cases.ts"
import { type Authenticity, mailReceived } from "#db/tables/mail.ts"
import { assignments } from "#db/tables/sharing.ts"
import { dana, help, noon } from "#test/fixtures/desk.ts"

let serial = 0

type Letter = {
  from?: string
  to?: string
  subject?: string
  text?: string
  id?: string
  /** Further header lines. */
  more?: string[]
}

/** A mail as a program would write it. */
export function letter({ from, to, subject, text, id, more }: Letter = {}) {
  const lines = [
    `From: ${from ?? `${dana.name} <${dana.address}>`}`,
    `To: ${to ?? help.address}`,
    `Subject: ${subject ?? "My order"}`,
    `Message-ID: ${id ?? `<m${++serial}@customer.example>`}`,
    "Date: Tue, 10 Mar 2026 11:00:00 +0000",
    ...(more ?? []),
    "",
    text ?? "Where is it?",
  ]
  return lines.join("\r\n")
}

type Way = {
  via?: "smtp" | "api" | "import"
  from?: string
  to?: string[]
  asClosed?: boolean
  at?: Date
  /** What the checks found of the sender, as if they had been made. */
  proven?: Partial<Authenticity>
}

/** Through the door and the worker's hands; the ledger row as it is then. */
export async function arrive(raw: string | Buffer, way: Way = {}) {
  const at = way.at ?? noon
  const envelope = { envelopeFrom: way.from ?? dana.address, envelopeTo: way.to ?? [help.address] }
  const bytes = typeof raw === "string" ? Buffer.from(raw) : raw
  const mail = { via: way.via ?? "smtp", ...envelope, remote: "192.0.2.1", raw: bytes, asClosed: way.asClosed ?? false }
  const { id } = await keep(mail, at)
  if (way.proven)
    await db
      .update(mailReceived)
      .set({ authenticity: { ...unproven, ...way.proven } })
      .where(eq(mailReceived.id, id))
  while (await receiveNext("test", () => at));
  return rowNow(id)
}

/** What a domain says of mail that it did not send. */
export const refuted = { level: "fail", policy: "reject", domain: "customer.example" } as const
export const proven = { level: "pass", policy: "reject", domain: "customer.example" } as const

export async function rowNow(id: number) {
  const [row] = await db.select().from(mailReceived).where(eq(mailReceived.id, id))
  if (!row) throw new Error(`no mail ${id}`)
  return row
}

export async function storyOf(number: number) {
  const [kase] = await db.select().from(cases).where(eq(cases.number, number))
  const said = await db.select().from(messages).where(eq(messages.caseNumber, number)).orderBy(asc(messages.id))
  const parties = await db.select().from(participants).where(eq(participants.caseNumber, number))
  const given = await db.select().from(assignments).where(eq(assignments.caseNumber, number))
  if (!kase) throw new Error(`no case ${number}`)
  return { kase, messages: said, parties, given, last: said.at(-1)! }
}

import { and, desc, eq, gt, isNull, ne } from "drizzle-orm"
import type { Tx } from "#db/connection.server.ts"
import { cases, messages, participants } from "#db/tables/cases.ts"
import type { Email } from "#emails/incoming/email.ts"
import { inFamily, livingNumber } from "../cases/family.server.ts"
import { baseSubject, mayBeDoubleSend, numbersIn } from "./likeness.ts"

export type Likely = { caseNumber: number; because: string }

const aDay = 86_400_000

/** The case a mail that points nowhere may still belong to: only ever a suggestion. */
export async function likelyCase(tx: Tx, email: Email, sender: string | null, now: Date): Promise<Likely | null> {
  return (await namedInSubject(tx, email, sender)) ?? (sender === null ? null : sameMatter(tx, email, sender, now))
}

async function namedInSubject(tx: Tx, { subject }: Email, sender: string | null): Promise<Likely | null> {
  for (const number of numbersIn(subject)) {
    const caseNumber = await livingNumber(tx, number)
    if (caseNumber === null) continue
    const there = and(eq(cases.number, caseNumber), isNull(cases.spamAt))
    const [named] = await tx.select({ number: cases.number }).from(cases).where(there)
    if (!named) continue
    const isIn = sender !== null && (await takesPart(tx, caseNumber, sender))
    const who = isIn ? "its sender takes part there" : "its sender does not take part there"
    return { caseNumber, because: `Looks like case ${caseNumber}: its subject names it, and ${who}.` }
  }
  return null
}

async function takesPart(tx: Tx, caseNumber: number, address: string) {
  const found = and(
    inFamily(participants.caseNumber, caseNumber),
    eq(participants.address, address),
    ne(participants.standing, "pending"),
  )
  return (await tx.select({ address: participants.address }).from(participants).where(found)).length > 0
}

/** Sent twice, or by a program that loses header lines: the same person, the same words above it, within a day. */
async function sameMatter(tx: Tx, email: Email, sender: string, now: Date): Promise<Likely | null> {
  if (!mayBeDoubleSend(email)) return null
  const isOpen = and(
    eq(cases.number, participants.caseNumber),
    ...[cases.closedAt, cases.mergedInto, cases.spamAt].map((fact) => isNull(fact)),
  )
  const lately = await tx
    .select({ number: cases.number, subject: messages.subject })
    .from(participants)
    .innerJoin(cases, isOpen)
    .innerJoin(messages, and(eq(messages.caseNumber, cases.number), eq(messages.kind, "email")))
    .where(
      and(
        eq(participants.address, sender),
        eq(participants.standing, "requester"),
        gt(messages.at, new Date(now.getTime() - aDay)),
      ),
    )
    .orderBy(desc(messages.id))
    .limit(20)
  const same = lately.find(({ subject }) => baseSubject(subject) === baseSubject(email.subject))
  return same
    ? {
        caseNumber: same.number,
        because: `Looks like case ${same.number}: the same sender wrote about the same subject within a day.`,
      }
    : null
}

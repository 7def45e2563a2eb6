import { and, count, desc, eq, gt, isNull, sql } from "drizzle-orm"
import type { Tx } from "#db/connection.server.ts"
import { cases, messages, participants } from "#db/tables/cases.ts"
import { canonicalAddress } from "../people/address.ts"
import { settingIn } from "../people/settings.server.ts"
import type { Place } from "./place.ts"

const tenMinutes = 600_000

/**
 * Where a mail goes when its sender writes faster than people do: a loop that no header line gave away. Into a case it is held, so that it reopens and disturbs nothing; opening cases, it joins the
 * newest of them. Any other place stays as it is.
 */
export async function slowedDown(tx: Tx, place: Place, sender: string | null, now: Date): Promise<Place> {
  if (sender === null) return place
  const since = new Date(now.getTime() - tenMinutes)
  return place.into === null ? collapsed(tx, place, sender, since) : heldBack(tx, place, sender, since)
}

type Into = Extract<Place, { into: number }>

async function heldBack(tx: Tx, place: Into, sender: string, since: Date): Promise<Place> {
  if (place.standing === "held" || place.standing === "unverified") return place
  const { caseNumber, kind, at, from } = messages
  const written = sql<string>`${from} ->> 'address'`
  const lately = await tx
    .select({ written, mails: count() })
    .from(messages)
    .where(and(eq(caseNumber, place.into), eq(kind, "email"), gt(at, since)))
    .groupBy(written)
  // Messages keep an address as it was written, which is not how the sender's is compared.
  const mine = lately.filter((row) => canonicalAddress(row.written) === sender)
  const most = await settingIn(tx, "mail.holdAfter")
  if (mine.reduce((sum, { mails }) => sum + mails, 0) < most) return place
  const because = `Held because its sender wrote more than ${most} mails into this case within ten minutes.`
  return { into: place.into, standing: "slowed", because }
}

async function collapsed(tx: Tx, place: Place, sender: string, since: Date): Promise<Place> {
  const most = await settingIn(tx, "mail.floodCases")
  if (most === 0) return place
  const opened = await tx
    .select({ number: cases.number })
    .from(participants)
    .innerJoin(cases, and(eq(cases.number, participants.caseNumber), isNull(cases.mergedInto), isNull(cases.spamAt)))
    .where(and(eq(participants.address, sender), eq(participants.standing, "requester"), gt(cases.openedAt, since)))
    .orderBy(desc(cases.number))
    .limit(most)
  const [newest] = opened
  if (!newest || opened.length < most) return place
  const because = `Joined because its sender opened ${most} cases within ten minutes; the rest stands here.`
  return { into: newest.number, standing: "speaks", because }
}

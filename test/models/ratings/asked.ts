import { eq } from "drizzle-orm"
import type { Face } from "#app/models/ratings/face.ts"
import { noteLanding, openLink } from "#app/models/ratings/landing.server.ts"
import { mintNonce } from "#app/models/ratings/nonce.server.ts"
import { type Pressed, press } from "#app/models/ratings/press.server.ts"
import { makeRequest, requestSent } from "#app/models/ratings/request.server.ts"
import { newLineage } from "#app/models/ratings/visitor.server.ts"
import { db } from "#db/connection.server.ts"
import { cases, messages } from "#db/tables/cases.ts"
import { ratingRequests, ratings, ratingTallies, ratingVotes } from "#db/tables/ratings.ts"
import { bo, dana, help, noon } from "#test/fixtures/desk.ts"

const usual = {
  caseNumber: null as number | null,
  agentId: bo.id as number,
  mailboxId: help.id as number,
  customerId: dana.id as number | null,
  recoveryFrownId: null as number | null,
  leftOffBy: null as number | null,
  sentAt: noon as Date | null,
}

/** A reply of Bo's to Dana that went out at noon with the three faces under it. */
export async function asked(different: Partial<typeof usual> = {}) {
  const { sentAt, ...given } = { ...usual, ...different }
  return db.transaction(async (tx) => {
    const caseNumber = given.caseNumber ?? (await newCase(given.mailboxId))
    const said = { at: noon, from: { name: help.name, address: help.address } }
    const [reply] = await tx
      .insert(messages)
      .values({ caseNumber, kind: "reply", agentId: given.agentId, ...said })
      .returning({ id: messages.id })
    const replyId = reply!.id
    const token = await makeRequest(tx, { ...given, caseNumber, replyId, recipients: 1 }, noon)
    if (sentAt) await requestSent(tx, replyId, sentAt)
    const [request] = await tx.select().from(ratingRequests).where(eq(ratingRequests.replyId, replyId))
    return { token: token ?? "", replyId, caseNumber, requestId: request?.id ?? 0 }
  })
}

export async function newCase(mailboxId: number = help.id) {
  const [kase] = await db
    .insert(cases)
    .values({ mailboxId, customerId: dana.id, subject: "It broke", openedAt: noon, lastMessageAt: noon })
    .returning({ number: cases.number })
  return kase!.number
}

/** Somebody with a mail program of their own, who looks at a page for a while before pressing. */
export function someone(number = 1) {
  const visitor = { remote: `203.0.${number}.7`, userAgent: `Mail ${number}` }
  const lineage = newLineage()
  return {
    visitor,
    lineage,
    async lands(token: string, face: Face | null, now: Date) {
      const opened = await openLink(token, now)
      await noteLanding(opened!.requestId, face, visitor, now)
      return mintNonce({ requestId: opened!.requestId, landedOn: face, lineageHash: null }, now)
    },
    async presses(token: string, face: Face, now: Date, comment = ""): Promise<Pressed> {
      const nonce = await this.lands(token, face, new Date(now.getTime() - 3000))
      const form = { face, nonce, comment, honeypot: "", withScript: true, withGesture: true }
      const presser = { ...visitor, lineage, isCrossSite: false, isStaff: false }
      const pressed = await press(token, form, presser, now)
      if (typeof pressed === "string") throw new Error(`the press was ${pressed}`)
      return pressed
    },
  }
}

export const seconds = (count: number, from = noon) => new Date(from.getTime() + count * 1000)
export const votesOf = (requestId: number) =>
  db.select().from(ratingVotes).where(eq(ratingVotes.requestId, requestId)).orderBy(ratingVotes.id)
export const standing = async (requestId: number) => {
  const [row] = await db.select().from(ratings).where(eq(ratings.requestId, requestId))
  return row ? [row.first, row.standing] : null
}

/** The tallies of one basis, summed: what the reports start from. */
export async function tallied(basis: "sent" | "rated" = "sent") {
  const rows = await db.select().from(ratingTallies).where(eq(ratingTallies.basis, basis))
  const sum = (column: "asked" | "leftOff" | "happy" | "ok" | "frown" | "lastHappy" | "lastOk" | "lastFrown") =>
    rows.reduce((total, row) => total + row[column], 0)
  return {
    asked: sum("asked"),
    leftOff: sum("leftOff"),
    first: [sum("happy"), sum("ok"), sum("frown")],
    last: [sum("lastHappy"), sum("lastOk"), sum("lastFrown")],
  }
}

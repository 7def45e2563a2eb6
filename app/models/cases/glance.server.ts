import { and, asc, eq } from "drizzle-orm"
import { db } from "#db/connection.server.ts"
import { participants } from "#db/tables/cases.ts"
import { customers, mailboxes } from "#db/tables/people.ts"
import type { Viewer } from "../people/agent.ts"
import { type CaseRow, caseFor } from "./case.server.ts"
import { mayWriteIn, stateOf } from "./case.ts"
import { lastWordsIn } from "./last-words.server.ts"

/** As much of a case as tells it from another one. */
export type Glance = Awaited<ReturnType<typeof glanceOf>>

/** Two cases side by side, before they become one; null where the viewer has no such case. */
export async function sideBySide(viewer: Viewer, from: number, into: number, now: Date) {
  const [first, second] = await Promise.all([caseFor(viewer, from), into === 0 ? null : caseFor(viewer, into)])
  if (!first) return null
  const [a, b] = await Promise.all([glanceOf(viewer, first, now), second ? glanceOf(viewer, second, now) : null])
  const isPossible = b !== null && from !== into && [first, second].every((kase) => kase && mayWriteIn(kase))
  return { from: a, into: b, isPossible, customersDiffer: b !== null && differ(a, b) }
}

/** Somebody unknown is somebody else: a person looks. */
function differ(a: Glance, b: Glance) {
  if (a.customer.id !== null && a.customer.id === b.customer.id) return false
  return a.customer.address === "" || a.customer.address !== b.customer.address
}

async function glanceOf(viewer: Viewer, kase: CaseRow, now: Date) {
  const { number, subject, customerId, mailboxId, lastMessageAt } = kase
  const [[customer], [requester], [mailbox], last] = await Promise.all([
    db
      .select({ name: customers.name })
      .from(customers)
      .where(eq(customers.id, customerId ?? 0)),
    db
      .select({ name: participants.name, address: participants.address })
      .from(participants)
      .where(and(eq(participants.caseNumber, number), eq(participants.standing, "requester")))
      .orderBy(asc(participants.addedAt))
      .limit(1),
    db.select({ name: mailboxes.name }).from(mailboxes).where(eq(mailboxes.id, mailboxId)),
    lastWordsIn(viewer, [number]),
  ])
  return {
    ...{ number, subject, lastMessageAt, state: stateOf(kase, now), mailbox: mailbox?.name ?? "" },
    customer: {
      id: customerId,
      name: requester?.name || customer?.name || "",
      address: requester?.address ?? "",
    },
    lastWords: last.get(number) ?? null,
  }
}

import { and, eq } from "drizzle-orm"
import { announce } from "#db/announce.server.ts"
import type { Tx } from "#db/connection.server.ts"
import { cases } from "#db/tables/cases.ts"
import { caseEvents } from "#db/tables/events.ts"
import type { Viewer } from "../people/agent.ts"
import { once } from "../people/idempotency.server.ts"
import { lockCase } from "./case.server.ts"
import { isVisibleTo } from "./visible.server.ts"

/** Says of a new case which older one it may belong to; only a person puts them together. */
export async function standBeside(tx: Tx, number: number, near: number, because: string) {
  await tx.update(cases).set({ nearCase: near, nearBecause: because }).where(eq(cases.number, number))
}

/** A person has looked: they are two matters. */
export async function standApart(viewer: Viewer, number: number, now: Date): Promise<"done" | "no such case"> {
  return once(viewer, `set apart ${number}`, async (tx) => {
    const kase = await lockCase(tx, number)
    if (!kase || !isVisibleTo(viewer, kase)) return "no such case"
    await tx.update(cases).set({ nearCase: null, nearBecause: null }).where(eq(cases.number, number))
    await announce(tx, { kind: "case", caseNumber: number, mailboxId: kase.mailboxId }, now)
    return "done"
  })
}

/** Once per mailbox and case. */
export async function noteAlsoTo(tx: Tx, caseNumber: number, mailbox: string, now: Date) {
  const said = and(eq(caseEvents.caseNumber, caseNumber), eq(caseEvents.kind, "also to"))
  const known = await tx.select({ detail: caseEvents.detail }).from(caseEvents).where(said)
  if (known.some(({ detail }) => detail.mailbox === mailbox)) return
  await tx.insert(caseEvents).values({ caseNumber, kind: "also to", at: now, detail: { mailbox } })
}

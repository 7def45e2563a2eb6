import { and, desc, eq } from "drizzle-orm"
import { announce } from "#db/announce.server.ts"
import type { Tx } from "#db/connection.server.ts"
import { notes } from "#db/tables/cases.ts"
import type { Viewer } from "../people/agent.ts"
import { once } from "../people/idempotency.server.ts"
import { lockCase } from "./case.server.ts"
import { isRepeat } from "./repeat.ts"
import { inVisibleFamily, isVisibleTo } from "./visible.server.ts"

export const noteLimit = 50_000

/** `again`: on purpose, though it is what they noted last. */
export type NewNote = { body: string; again: boolean }

/** Leaves a private note. Its table is not one that is mailed. */
export async function leaveNote(viewer: Viewer, caseNumber: number, { body, again }: NewNote, now: Date) {
  const text = body.trim()
  const { id: agentId } = viewer
  if (agentId === null) return "a note needs an agent"
  if (text === "") return "empty"
  if (text.length > noteLimit) return "too long"
  return once(
    viewer,
    "note",
    async (tx) => {
      const kase = await lockCase(tx, caseNumber)
      if (!kase || !isVisibleTo(viewer, kase)) return "no such case"
      if (!again && isRepeat(text, await ownLastNote(tx, viewer, caseNumber), now)) return "noted already"
      await tx.insert(notes).values({ caseNumber, agentId, body: text, at: now })
      await announce(tx, { kind: "note", caseNumber, mailboxId: kase.mailboxId, agentId: kase.agentId }, now)
      return "left"
    },
    (result) => result === "noted already",
  )
}

async function ownLastNote(tx: Tx, viewer: Viewer, caseNumber: number) {
  const own = and(inVisibleFamily(viewer, notes.caseNumber, caseNumber), eq(notes.agentId, viewer.id ?? 0))
  const { id, body: text, at } = notes
  const [last] = await tx.select({ text, at }).from(notes).where(own).orderBy(desc(id)).limit(1)
  return last
}

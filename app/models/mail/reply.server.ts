import { announce } from "#db/announce.server.ts"
import type { Tx } from "#db/connection.server.ts"
import type { Address } from "#db/tables/cases.ts"
import { mailboxes } from "#db/tables/people.ts"
import { replySubject, withoutBlankEnds } from "#emails/outgoing/headers.ts"
import { factsOf, restCase } from "../cases/answered.server.ts"
import { lockCase } from "../cases/case.server.ts"
import { mayWriteIn } from "../cases/case.ts"
import { dropDraft } from "../cases/draft.server.ts"
import type { KeptFile, NewFile } from "../cases/draft-file.server.ts"
import { addParticipant, participantsFor } from "../cases/participant.server.ts"
import { isVisibleTo } from "../cases/visible.server.ts"
import type { Viewer } from "../people/agent.ts"
import { linkOrigin } from "../people/base-url.ts"
import { isText, once } from "../people/idempotency.server.ts"
import { settings } from "../people/settings.server.ts"
import type { Settings } from "../people/settings.ts"
import { answeredBy } from "../sharing/assignment.server.ts"
import { askIn } from "./ask.server.ts"
import { type Letter, post } from "./letter.server.ts"
import { type Parent, parentIn } from "./parent.server.ts"
import { otherPlace, type Party, recipientsOf } from "./recipients.ts"
import { filesOfReply } from "./reply-file.server.ts"
import { longestReply } from "./reply-length.ts"
import { type Stop, stopFor } from "./seen.server.ts"

export type NewReply = {
  caseNumber: number
  /** Whose words these are, and who is rated for them. */
  agentId: number
  text: string
  close: boolean
  snoozeUntil: Date | null
  /** Whom the agent ticked; null: everybody accepted. */
  cc: Address[] | null
  /** Which of the two places they chose, where a mail named another for its answer; null: not asked. */
  answerAt: string | null
  leaveOffRating: boolean
  files: (KeptFile | NewFile)[]
  /** Those of the writer's draft that go along, by id. */
  draftFiles: number[]
  /** The newest message and note on the writer's page; null: not asked. */
  seenMessageId: number | null
  seenNoteId: number | null
  /** The last line on it that says another case was merged into this one; 0 where there was none. */
  seenMergeId: number | null
  /** On purpose, though the same person has written meanwhile or said just this; programs always mean it. */
  again: boolean
  opId: string | null
  undoSeconds: number
}

export type Posted = { messageId: number; mailId: number }
export type Refusal =
  | "empty"
  | "too long"
  | "no such case"
  | "not your mailbox"
  | "not possible now"
  | Stop
  | "no recipient"
  | "bad address"
  | "too many recipients"
  | "files too large"
  | "a file is gone"

/** Answers a case: our words stand in it at once, and leave when the time to undo is over. */
export async function writeReply(viewer: Viewer, reply: NewReply, now: Date): Promise<Posted | Refusal> {
  if (reply.text.trim() === "") return "empty"
  if (reply.text.length > longestReply) return "too long"
  const desk = await settings()
  const by = { id: reply.agentId, opId: reply.opId }
  return once<Posted | Refusal>(by, "reply", (tx) => answer(tx, viewer, reply, desk, now), isText)
}

async function answer(tx: Tx, viewer: Viewer, reply: NewReply, desk: Settings, now: Date): Promise<Posted | Refusal> {
  const { caseNumber, agentId, text } = reply
  const kase = await lockCase(tx, caseNumber)
  if (!kase) return "no such case"
  if (!isVisibleTo(viewer, kase)) return "not your mailbox"
  if (!mayWriteIn(kase)) return "not possible now"
  const stop = await stopFor(tx, viewer, reply, now)
  if (stop) return stop
  const parties = await participantsFor(tx, viewer, caseNumber)
  const parent = await parentIn(tx, viewer, caseNumber, parties)
  const recipients = await recipientsIn(tx, reply, parties, parent)
  if (typeof recipients === "string") return recipients
  const files = await filesOfReply(tx, reply)
  if (typeof files === "string") return files
  const letter: Letter = {
    ...{ kase, agentId, text: withoutBlankEnds(text), files, to: recipients.to, cc: recipients.cc },
    subject: parent ? replySubject(parent.subject || kase.subject) : kase.subject,
    parent,
    quote: parent?.kind === "email" && !recipients.hasStranger ? quoteOf(parent, desk["desk.timeZone"]) : null,
    ask: parent?.kind === "email" && parent.machine === null ? await askIn(tx, kase, reply, recipients.to, desk) : null,
    before: await factsOf(tx, kase),
    undoSeconds: reply.undoSeconds,
    baseUrl: linkOrigin(desk),
  }
  const posted = await post(tx, letter, now)
  for (const person of recipients.letIn) await addParticipant(tx, caseNumber, person, "accepted", now)
  await answeredBy(tx, caseNumber, agentId, now)
  await restCase(tx, caseNumber, reply, agentId, now)
  await dropDraft(tx, caseNumber, agentId)
  await announce(tx, { kind: "reply", caseNumber, mailboxId: kase.mailboxId, agentId }, now)
  return posted
}

async function recipientsIn(tx: Tx, reply: NewReply, parties: Party[], parent: Parent | null) {
  const boxes = await tx.select({ address: mailboxes.address }).from(mailboxes)
  const ours = boxes.map(({ address }) => address)
  return recipientsOf(parties, { ...reply, other: otherPlace(parent, parties) }, ours)
}

function quoteOf({ from, at, text, newText }: Parent, timeZone: string) {
  return { name: from.name || from.address, at, timeZone, text: newText || text }
}

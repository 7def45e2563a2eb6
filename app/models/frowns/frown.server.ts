import { and, desc, eq } from "drizzle-orm"
import type { Tx } from "#db/connection.server.ts"
import { causes, frownEvents, frowns } from "#db/tables/frowns.ts"
import { agents } from "#db/tables/people.ts"
import { isRepeat } from "../cases/repeat.ts"
import type { Viewer } from "../people/agent.ts"
import { once } from "../people/idempotency.server.ts"
import { keptFacts, type OwnFacts } from "./alone.ts"
import { rereadFirstWords } from "./first-words.server.ts"
import type { FrownEvent } from "./follow.ts"
import { writeEvents } from "./follow-up.server.ts"
import { type Dismissal, mayDo } from "./frown.ts"
import type { FrownRow } from "./seen.server.ts"
import { lockVisible } from "./visible.server.ts"

/** The frown is this person's now. Of two who press at once one has it, and the other is told who. */
export function claim(viewer: Viewer, id: number, now: Date) {
  return act<"claimed" | "not possible now" | { takenBy: string }>(
    viewer,
    "claim frown",
    id,
    now,
    async (tx, frown) => {
      if (!frown.closedAt && frown.ownerId !== null) {
        const isMine = frown.ownerId === viewer.id
        // It may be theirs only by what it was merged with.
        if (isMine) return { answer: "claimed", ...(frown.alone ? { set: { ownerId: viewer.id } } : {}) }
        return { answer: { takenBy: await nameOf(tx, frown.ownerId) } }
      }
      if (!mayDo(viewer, frown).claim) return { answer: "not possible now" }
      return {
        answer: "claimed",
        set: { ownerId: viewer.id, claimedAt: now },
        events: [{ kind: "claimed", detail: "" }],
      }
    },
  )
}

/** Back to whoever comes next. A lead may give back somebody else's. */
export function unclaim(viewer: Viewer, id: number, now: Date) {
  return act(viewer, "unclaim frown", id, now, async (_tx, frown) => {
    if (!mayDo(viewer, frown).unclaim) return { answer: "not possible now" }
    return { answer: "unclaimed", set: { ownerId: null, claimedAt: null }, events: [{ kind: "unclaimed", detail: "" }] }
  })
}

/** What the customer told us by telephone. Told is not rated: it is shown apart and never flips: only what they press does. */
export type Call = {
  words: string
  told: "happier" | "nothing"
  /** On purpose, though it is what they logged last. */
  again: boolean
}

export function logCall(viewer: Viewer, id: number, { words, told, again }: Call, now: Date) {
  return act(viewer, "call frown", id, now, async (tx, frown) => {
    if (!mayDo(viewer, frown).call) return { answer: "not possible now" }
    if (!words.trim()) return { answer: "words missing" }
    if (!again && isRepeat(words, await ownLastCall(tx, viewer, id), now)) return { answer: "logged already" }
    const first = frown.firstContactAt ? {} : { firstContactAt: now, contactedBy: "call" as const }
    const taken = frown.ownerId === null ? { ownerId: viewer.id, claimedAt: now } : {}
    const happier = told === "happier" ? { toldImprovedAt: now } : {}
    return {
      answer: "called",
      set: { lastContactAt: now, ...first, ...taken, ...happier },
      events: [{ kind: "called", detail: line(words, 2000) }],
    }
  })
}

async function ownLastCall(tx: Tx, viewer: Viewer, frownId: number) {
  const { id, detail: text, at, kind, agentId } = frownEvents
  const own = and(eq(frownEvents.frownId, frownId), eq(kind, "called"), eq(agentId, viewer.id ?? 0))
  const [last] = await tx.select({ text, at }).from(frownEvents).where(own).orderBy(desc(id)).limit(1)
  return last
}

/** Re-coding keeps what it was before in the story. */
export function setCause(viewer: Viewer, id: number, key: string, now: Date) {
  return act(viewer, "cause frown", id, now, async (tx, frown) => {
    if (!mayDo(viewer, frown).cause) return { answer: "not possible now" }
    const cause = await causeBy(tx, key)
    if (!cause) return { answer: "unknown cause" }
    if (cause.id === frown.causeId) return { answer: "set" }
    return { answer: "set", set: { causeId: cause.id }, events: [{ kind: "cause", detail: cause.name }] }
  })
}

export type Closing = { cause: string; whatWeDid: string; dismissedAs: Dismissal | null }

/**
 * A person's act, with one cause and one line. Closed without a flip it was let go; before any contact only a lead may
 * dismiss it, with a reason. What the customer rates afterwards still counts.
 */
export function closeFrown(viewer: Viewer, id: number, { cause, whatWeDid, dismissedAs }: Closing, now: Date) {
  return act(viewer, "close frown", id, now, async (tx, frown) => {
    const may = mayDo(viewer, frown)
    if (frown.closedAt) return { answer: "not possible now" }
    if (!may.close && !may.dismiss) return { answer: "contact first" }
    if (!may.close && !dismissedAs) return { answer: "reason missing" }
    const found = await causeBy(tx, cause)
    if (!found) return { answer: cause ? "unknown cause" : "cause missing" }
    if (!whatWeDid.trim()) return { answer: "line missing" }
    const dismissed = may.close ? "" : `dismissed: ${dismissedAs}`
    return {
      answer: "closed",
      set: { causeId: found.id, whatWeDid: line(whatWeDid, 500), closedAt: now, closedBy: viewer.id },
      events: [
        ...(frown.causeId === found.id ? [] : [{ kind: "cause", detail: found.name } as const]),
        { kind: "closed", detail: dismissed },
      ],
    }
  })
}

type Answer =
  | "claimed"
  | "unclaimed"
  | "called"
  | "set"
  | "closed"
  | "not possible now"
  | "words missing"
  | "logged already"
  | "unknown cause"
  | "cause missing"
  | "line missing"
  | "reason missing"
  | "contact first"
  | { takenBy: string }

type Done<A extends Answer> = {
  answer: A
  set?: Partial<OwnFacts>
  events?: Pick<FrownEvent, "kind" | "detail">[]
}

/** Null when there is no such frown for this viewer. */
async function act<A extends Answer>(
  viewer: Viewer,
  verb: string,
  id: number,
  now: Date,
  decide: (tx: Tx, frown: FrownRow) => Promise<Done<A>>,
): Promise<A | null> {
  return once(viewer, verb, async (tx) => {
    const frown = await lockVisible(tx, viewer, id)
    if (!frown) return null
    const { answer, set, events = [] } = await decide(tx, frown)
    if (set)
      await tx
        .update(frowns)
        .set({ ...set, ...withAct(frown, viewer.id, set, now) })
        .where(eq(frowns.id, id))
    if (set?.firstContactAt) await rereadFirstWords(tx, [id])
    const signed = events.map((event) => ({ ...event, at: now, agentId: viewer.id }))
    if (signed.length > 0) await writeEvents(tx, frown, signed, now)
    return answer
  })
}

/** Kept as well for when the cases it was merged with are taken apart. */
function withAct({ alone }: FrownRow, by: number | null, set: Partial<OwnFacts>, now: Date) {
  return alone ? { alone: { ...alone, acts: [...alone.acts, { at: now.toISOString(), by, set: keptFacts(set) }] } } : {}
}

async function nameOf(tx: Tx, agentId: number): Promise<string> {
  const [row] = await tx.select({ name: agents.name }).from(agents).where(eq(agents.id, agentId))
  return row?.name ?? ""
}

async function causeBy(tx: Tx, key: string) {
  const [row] = await tx.select().from(causes).where(eq(causes.key, key))
  return row ?? null
}

const line = (words: string, longest: number) => words.trim().slice(0, longest)

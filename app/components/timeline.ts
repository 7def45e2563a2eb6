type Dated = { at: string; id: number }
export type Item<M extends Dated, N extends Dated, E extends Dated, A extends Dated> =
  | { kind: "message"; at: string; value: M; open: boolean }
  | { kind: "note"; at: string; value: N }
  | { kind: "event"; at: string; value: E }
  | { kind: "assignment"; at: string; value: A }

type Parts<M, N, E, A> = { messages: M[]; notes: N[]; events: E[]; assignments: A[] }

/**
 * A case in the order it happened. What is new to whoever reads is open: everything since our last reply, that reply
 * too, and always the last message; earlier ones are one line each.
 */
export function timelineOf<
  M extends Dated & { kind: "email" | "reply" },
  N extends Dated,
  E extends Dated,
  A extends Dated,
>({ messages, notes, events, assignments }: Parts<M, N, E, A>): Item<M, N, E, A>[] {
  const lastReply = messages.map(({ kind }) => kind).lastIndexOf("reply")
  const firstOpen = messages.length <= 3 ? 0 : Math.min(Math.max(lastReply, 0), messages.length - 1)
  const open = (place: number) => place >= (lastReply < 0 ? messages.length - 3 : firstOpen)
  const items: Item<M, N, E, A>[] = [
    ...messages.map((value, place) => ({ kind: "message", at: value.at, value, open: open(place) }) as const),
    ...notes.map((value) => ({ kind: "note", at: value.at, value }) as const),
    ...events.map((value) => ({ kind: "event", at: value.at, value }) as const),
    ...assignments.map((value) => ({ kind: "assignment", at: value.at, value }) as const),
  ]
  return items.sort(
    (a, b) => Date.parse(a.at) - Date.parse(b.at) || order[a.kind] - order[b.kind] || a.value.id - b.value.id,
  )
}

/** What happened in one moment is told in the order of cause: said, then done, then given. */
const order = { message: 0, note: 1, event: 2, assignment: 3 }

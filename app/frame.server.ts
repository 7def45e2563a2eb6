import type { FrameFacts } from "./components/frame.tsx"
import { viewCounts } from "./models/cases/views.server.ts"
import { queueCounts } from "./models/frowns/queue.server.ts"
import { heldReplyOf } from "./models/mail/held.server.ts"
import { heldCount } from "./models/mail/trays.server.ts"
import { isAtLeast } from "./models/people/agent.ts"
import { formDraftsOn } from "./models/people/form-draft.server.ts"
import { listMailboxes } from "./models/people/mailbox.server.ts"
import { viewerOf } from "./models/people/session.server.ts"
import { settings } from "./models/people/settings.server.ts"
import { loads } from "./models/sharing/load.server.ts"
import { warningsNow } from "./warnings/warnings.server.ts"

/** What stands around the page: nothing for whoever is not signed in. */
export async function frameFacts(request: Request, now: Date) {
  const viewer = await viewerOf(request, now)
  const desk = await settings()
  const zone = desk["desk.timeZone"]
  if (!viewer) return { zone, frame: null, typed: [] }
  const [counts, frowned, people, boxes, held, heldMail, typed, warnings] = await Promise.all([
    viewCounts(viewer, now),
    queueCounts(viewer, now),
    loads(now),
    listMailboxes(),
    heldReplyOf(viewer, now),
    heldCount(viewer),
    formDraftsOn(viewer.id, [new URL(request.url).pathname]),
    isAtLeast(viewer, "admin") ? warningsNow(now) : [],
  ])
  const [worst] = warnings
  const mine = people.find(({ agentId }) => agentId === viewer.id)
  const { waitingOnThem, ...others } = counts
  const frame: Omit<FrameFacts, "scheme"> = {
    held: held && { ...held, undoUntil: held.undoUntil.toISOString() },
    desk: desk["desk.name"],
    me: {
      id: viewer.id,
      name: viewer.name,
      role: viewer.role,
      presence: mine?.presence ?? { state: "off", until: null },
      load: mine?.load ?? 0,
      limit: mine?.limit ?? 1,
    },
    counts: { ...others, "waiting-on-them": waitingOnThem },
    frowns: frowned.open,
    heldMail,
    warning: worst ? { line: worst.line, to: worst.to, more: warnings.length - 1 } : null,
    mailboxes: boxes.filter(({ id }) => viewer.mailboxIds.includes(id)).map(({ id, name }) => ({ id, name })),
  }
  return { zone, frame, typed }
}

import { accountOf, serverOf } from "#emails/outgoing/account.ts"
import type { Env } from "../env.server.ts"
import { mostWait, type QueueAge, queueAges } from "../health.server.ts"
import { deskServer, setDeskServer } from "../models/mail/desk-server.server.ts"
import { diskWarnings } from "./disk.server.ts"
import { warningFacts } from "./facts.server.ts"
import { incomingWarnings } from "./incoming.ts"
import { outgoingWarnings } from "./outgoing.ts"
import { upkeepWarnings } from "./upkeep.ts"
import { type Warning, type WarningKind, worstFirst } from "./warning.ts"

/** What this process was started with; without it, only what the database knows is looked at. */
let folder: string | null = null

export function setWatched({ DATA_DIR, SMTP_URL }: Pick<Env, "DATA_DIR" | "SMTP_URL">) {
  folder = DATA_DIR
  setDeskServer(SMTP_URL)
}

/** All that is wrong with the desk at present, the worst first. `queues`: where they were just asked for. */
export async function warningsNow(now: Date, queues?: QueueAge[]): Promise<Warning[]> {
  const [facts, ages, disks] = await Promise.all([
    warningFacts(now),
    queues ?? queueAges(),
    folder === null ? [] : diskWarnings(folder, now),
  ])
  const smtpUrl = deskServer()
  const found = [
    ...outgoingWarnings(facts, smtpUrl === null ? null : serverOf(accountOf(smtpUrl))),
    ...incomingWarnings(facts, now),
    ...upkeepWarnings(
      facts,
      ages.filter(({ oldestSeconds }) => oldestSeconds > mostWait),
      now,
    ),
    ...disks,
  ]
  return worstFirst(found.map((one) => (isUndated(one.kind) ? { ...one, since: firstSeen(one) } : one)))
}

/** Nothing in the database says since when: then it is since this process saw it. */
const isUndated = (kind: WarningKind) => kind === "setting-unreadable" || kind === "disk-full" || kind === "disk-low"
const seen = new Map<string, Date>()

function firstSeen({ kind, about, since }: Warning): Date {
  const key = `${kind} ${about}`
  const before = seen.get(key)
  if (before) return before
  if (seen.size > 100) seen.clear()
  seen.set(key, since)
  return since
}

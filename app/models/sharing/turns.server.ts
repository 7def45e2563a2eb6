import { announceAll } from "#db/announce.server.ts"
import { db } from "#db/connection.server.ts"
import { type Load, loads } from "./load.server.ts"

/**
 * Tells open browsers who came or went without a press that says so itself: a shift began, an away time is over,
 * somebody has joined, left, or takes more now. It compares with its own last look; the first tells nobody anything.
 */
export function watchTurns(): (now: Date) => Promise<number> {
  let before: Map<number, string> | null = null
  return async (now) => {
    const seen = new Map((await loads(now)).map((person) => [person.agentId, standing(person)]))
    const known = before ?? seen
    const all = new Set([...known.keys(), ...seen.keys()])
    const turned = [...all].filter((agentId) => known.get(agentId) !== seen.get(agentId))
    before = seen
    if (turned.length === 0) return 0
    const changes = turned.map((agentId) => ({ kind: "presence", agentId }))
    await db.transaction((tx) => announceAll(tx, changes, now))
    return turned.length
  }
}

const standing = ({ presence, isInvited, limit }: Load) =>
  `${presence.state} ${presence.until} ${limit}${isInvited ? " invited" : ""}`

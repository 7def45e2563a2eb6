import { setTimeout as lasting } from "node:timers/promises"
import { isInside, noMailServer } from "#emails/inside.server.ts"
import type { Viewer } from "../people/agent.ts"
import { noTokenAnswer, tokenPatience } from "../people/oauth.server.ts"
import { take } from "../people/rate-limit.server.ts"
import { waitWords } from "../people/tries.ts"

/** Milliseconds until a mail server must have answered whoever waits in front of the page; near ones are quick. */
const [far, near] = [10_000, 5_000]

/** Enough to set a server up, too few to look through a machine's ports. */
const trials = (viewer: Viewer) => ({ key: `trial ${viewer.id}`, most: 30, everySeconds: 60 })

/** What a trial in progress goes by; in words, why there may be none now. */
export async function beginTrial(viewer: Viewer, host: string, now: Date) {
  const wait = await take(trials(viewer), now)
  if (wait !== null) return waitWords(wait)
  const started = performance.now()
  /** Whether nothing listens there, something else does or a wall swallows it all: the answer takes the same time. */
  const evenOut = async (words: string) => {
    const whole = words.includes(noMailServer) ? near : words.includes(noTokenAnswer) ? tokenPatience : 0
    await lasting(Math.max(0, whole - (performance.now() - started)))
    return words
  }
  return { connect: (await isInside(host)) ? near : far, evenOut }
}

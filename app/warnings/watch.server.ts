import { isDatabaseDown } from "../database-down.ts"
import { log } from "../log.server.ts"
import { type Warning, wordsOf } from "./warning.ts"

type Watch = { look: () => Promise<Warning[]>; every: number; isOurs: (warning: Warning) => boolean }

/** Says in the log what goes wrong, once when it begins and once when it is over. */
export function watchWarnings({ look, every, isOurs }: Watch) {
  let before = new Map<string, Warning>()
  let looking: Promise<void> = Promise.resolve()
  const turn = async () => {
    const now = new Map((await look()).filter(isOurs).map((one) => [`${one.kind} ${one.about}`, one]))
    for (const [key, one] of now)
      if (!before.has(key)) log.warn({ warning: one.kind, since: one.since }, withoutPeople(wordsOf(one)))
    for (const [key, one] of before)
      if (!now.has(key)) log.warn({ warning: one.kind, over: true }, withoutPeople(`Over: ${one.line}`))
    before = now
  }
  const again = () => {
    looking = turn().catch((error) => {
      // A database that is away is said by /readyz and by every page; what was wrong before may still be.
      if (!isDatabaseDown(error)) log.error({ err: error }, "could not look for what is wrong")
    })
  }
  const timer = setInterval(again, every)
  again()
  return {
    stop() {
      clearInterval(timer)
      return looking
    },
  }
}

/** A server's answer names whom a letter was for. */
const withoutPeople = (words: string) => words.replace(/[^\s<>@"“”]{1,64}@/g, "…@")

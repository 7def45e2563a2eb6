import type { Field } from "./fields.ts"

/**
 * What somebody is writing, as this browser keeps it. `savedAt`: when the desk got it as well, by its
 * clock; from then on its copy counts. `pressed`: under which id it was sent, where the answer never came.
 */
export type BrowserCopy = { fields: Field[]; at: number; savedAt: string | null; pressed: string | null }

/** By person: whoever signs in after them in this browser has other copies. */
const prefix = (agentId: number) => `words ${agentId} `

export function readCopy(agentId: number, form: string): BrowserCopy | null {
  const text = stored((storage) => storage.getItem(prefix(agentId) + form))
  return text ? (JSON.parse(text) as BrowserCopy) : null
}

export function writeCopy(agentId: number, form: string, copy: BrowserCopy) {
  stored((storage) => storage.setItem(prefix(agentId) + form, JSON.stringify(copy)))
}

export function dropCopy(agentId: number, form: string) {
  stored((storage) => storage.removeItem(prefix(agentId) + form))
}

/** When somebody signs out, nothing of theirs stays in the browser. */
export function dropCopies(agentId: number) {
  stored((storage) => {
    for (const key of Object.keys(storage)) if (key.startsWith(prefix(agentId))) storage.removeItem(key)
  })
}

function stored<T>(work: (storage: Storage) => T): T | null {
  try {
    return work(localStorage)
  } catch {
    // A browser may forbid it, or be full: then the desk's copy is the only one.
    return null
  }
}

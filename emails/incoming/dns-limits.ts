import { canonicalDomain } from "#app/models/people/domain.ts"

export type Resolve = (name: string, type: string) => Promise<string[] | string[][]>

/** What the checks of one mail may ask and be told. RFC 7208 4.6.4 asks at most some 30 for SPF in honest use. */
const most = { questions: 100, bytes: 256 * 1024 }
/** Of one answer. Busy domains have a hundred TXT records; none has one of 4 kB that is about mail. */
export const answerLimits = { records: 200, bytes: 32 * 1024, text: 4096 }
/** An RSA key of 8192 bits in base64. RFC 8301 asks for no more than 4096, and checking takes the longer the larger. */
const longestKey = 1440
/** More in one record would blow up the names asked for. */
const mostMacros = 30

type Code = "ENOTFOUND" | "EINVALIDTYPE" | "ELIMIT"

const refuse = (code: Code, words: string): never => {
  throw Object.assign(new Error(words), { code })
}

/**
 * A resolver for the checks of one mail, which may not ask without end: whoever sends a mail also answers for its domain.
 * Names are asked in their one form. After `close` nothing is asked any more, whatever still runs.
 */
export function limitedResolver(resolve: Resolve): { resolve: Resolve; close(): void } {
  const left = { ...most }
  const asked: Resolve = async (name, type) => {
    if (left.questions-- <= 0) return refuse("ELIMIT", "too many questions about one mail")
    const answer = await resolve(askable(name) ?? refuse("ENOTFOUND", `${name} is no name`), type)
    left.bytes -= sizeOf(answer)
    if (left.bytes < 0) return refuse("ELIMIT", "too much was answered about one mail")
    if (/\._domainkey\./.test(name) && isKeyTooLarge(answer)) return refuse("EINVALIDTYPE", "the key is too large")
    return type === "TXT" ? (answer.filter((record) => !isUnreasonable(record)) as string[][]) : answer
  }
  return {
    resolve: asked,
    close: () => {
      left.questions = 0
    },
  }
}

/** Names in plain ASCII as they are, for macros make some that are no domain. */
function askable(name: string): string | null {
  const plain = name.toLowerCase()
  if (plain.length > 255) return null
  return /^[\x21-\x7e]+$/.test(plain) && !plain.includes("xn--") ? plain : canonicalDomain(name)
}

export const sizeOf = (answer: readonly (string | string[])[]) =>
  answer.reduce((sum, record) => sum + textOf(record).length, 0)

const isUnreasonable = (record: string | string[]) => {
  const text = textOf(record)
  return text.length > answerLimits.text || text.split("%{").length > mostMacros + 1
}

const textOf = (record: unknown) =>
  typeof record === "string" ? record : Array.isArray(record) ? record.join("") : JSON.stringify(record)

function isKeyTooLarge(answer: readonly (string | string[])[]) {
  const [, key = ""] = /(?:^|;)\s*p\s*=([^;]*)/i.exec(textOf(answer[0] ?? "")) ?? []
  return key.replace(/\s/g, "").length > longestKey
}

import { wordsInLog } from "./log-text.ts"

const frames = /\n {2,8}at .*/g
const mostCauses = 3

/**
 * An error as it may be logged: what failed and where, without the values that were worked on. Those are letters,
 * addresses and tokens, and the query builder, the driver and the JSON reader all put them into their words.
 */
export function errorInLog(error: unknown, depth = 0): Record<string, unknown> & { message: string } {
  if (!(error instanceof Error)) return { message: wordsInLog(String(error)) }
  const { code, constraint_name: constraint, cause } = error as Error & Record<string, unknown>
  return {
    type: error.constructor.name,
    message: wordsInLog(messageOf(error)),
    stack: (error.stack?.match(frames) ?? []).join("").slice(0, depth === 0 ? 3000 : 1000),
    ...(code === undefined ? {} : { code: wordsInLog(String(code), 50) }),
    ...(constraint === undefined ? {} : { constraint }),
    ...(cause === undefined || depth === mostCauses ? {} : { cause: errorInLog(cause, depth + 1) }),
  }
}

/** The innermost cause in words: what a person is told of a failure. */
export function innermostWords(error: unknown): string {
  if (error instanceof Error && error.cause) return innermostWords(error.cause)
  return error instanceof Error ? error.message : String(error)
}

function messageOf(error: Error) {
  // The query builder's message ends in the values.
  if ("params" in error && "query" in error) return `Failed query: ${error.query}`
  // These name the value that was wrong: what is no JSON, what PostgreSQL could not read (class 22).
  const isOfValues = error instanceof SyntaxError || ("code" in error && /^22...$/.test(String(error.code)))
  return isOfValues ? error.message.replace(/"[\s\S]*"/, '"…"').replace(/token '.{1,2}'/u, "token") : error.message
}

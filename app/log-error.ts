const frames = /\n {2,8}at .*/g

/**
 * An error as it may be logged: what failed and where, without the values that were sent to the database. Those are
 * letters, addresses and tokens, and both the query builder and the driver hang them on their errors.
 */
export function errorInLog(error: unknown): object {
  if (!(error instanceof Error)) return { message: String(error) }
  const { code, constraint_name: constraint, cause } = error as Error & Record<string, unknown>
  return {
    type: error.constructor.name,
    message: messageOf(error),
    stack: (error.stack?.match(frames) ?? []).join(""),
    ...(code === undefined ? {} : { code }),
    ...(constraint === undefined ? {} : { constraint }),
    ...(cause === undefined ? {} : { cause: errorInLog(cause) }),
  }
}

/** The innermost cause in words: what a person is told of a failure. */
export function innermostWords(error: unknown): string {
  if (error instanceof Error && error.cause) return innermostWords(error.cause)
  return error instanceof Error ? error.message : String(error)
}

/** The query builder's message ends in the values. */
const messageOf = (error: Error) =>
  "params" in error && "query" in error ? `Failed query: ${error.query}` : error.message

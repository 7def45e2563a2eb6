import { hearStatements } from "#db/connection.server.ts"

/** The SQL that some work sends, statement by statement; what the driver asks of a new connection for itself is left out. */
export async function statementsOf(work: () => Promise<unknown>): Promise<string[]> {
  const heard: string[] = []
  hearStatements((statement) => {
    if (!statement.includes("pg_catalog")) heard.push(statement)
  })
  try {
    await work()
  } finally {
    hearStatements(null)
  }
  return heard
}

import { hearStatements } from "#db/connection.server.ts"

/** The SQL that some work sends, statement by statement, without the beginnings and ends of transactions. */
export async function statementsOf(work: () => Promise<unknown>): Promise<string[]> {
  const heard: string[] = []
  hearStatements((statement) => heard.push(statement))
  try {
    await work()
  } finally {
    hearStatements(null)
  }
  return heard
}

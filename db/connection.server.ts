import { sql } from "drizzle-orm"
import { drizzle, type PostgresJsDatabase } from "drizzle-orm/postgres-js"
import postgres from "postgres"

export type Db = PostgresJsDatabase & { $client: postgres.Sql }
export type Tx = Parameters<Parameters<Db["transaction"]>[0]>[0]

/** The pool, once `connect` has been called; every verb reads it from here. */
export let db: Db
let client: postgres.Sql | undefined
let connectedTo = ""

/**
 * Hears every statement sent, for the tests that count them; null while nobody counts. Not by the driver's `debug`: it
 * makes an error with its stack for each statement, and shows the values on those that fail.
 */
let hearing: ((statement: string) => void) | null = null

export function hearStatements(listener: ((statement: string) => void) | null) {
  hearing = listener
}

/** Seconds. Left alone the driver waits up to twenty between its tries to reach a database that is back by then. */
const patience = { connect_timeout: 5, backoff: () => 0.2 + Math.random() * 0.3, onnotice: () => {} }

/** In milliseconds: as long as a lease. What takes longer would keep its connection, and four of them all mail, for good. */
const longestStatement = 60_000

export function connect(url: string, max = 20) {
  connectedTo = url
  client = postgres(url, {
    ...patience,
    max,
    connection: { application_name: "upturn", statement_timeout: longestStatement },
  })
  db = drizzle(preparing(client))
}

export async function disconnect() {
  await client?.end({ timeout: 5 })
  client = undefined
}

/** A connection apart from the pool, without drizzle's parsers: for LISTEN. The caller ends it. */
export function plainClient() {
  return postgres(connectedTo, { ...patience, max: 1 })
}

/** A Date inside a raw `sql` fragment: the driver refuses a bare one there (drizzle issue 5789). */
export const ts = (moment: Date) => sql`${moment.toISOString()}::timestamptz`

/**
 * drizzle sends every statement unprepared, so that PostgreSQL parses and plans each one anew: twice the work per mail.
 * This hands it a client that prepares them, within transactions too.
 */
function preparing<T extends object>(sql: T, transaction: Transaction = { isOver: false }): T {
  return new Proxy(sql, {
    get(target, name) {
      const found: unknown = Reflect.get(target, name)
      if (!isWork(found)) return found
      if (name === "unsafe")
        return (text: string, values: unknown[]) => {
          if (transaction.isOver) throw new Error("this transaction is over, its connection may be somebody else's")
          hearing?.(text)
          return found(text, values, { prepare: true })
        }
      if (name === "savepoint") return (...given: unknown[]) => found(...given.map((one) => within(one, transaction)))
      return name === "begin" ? (...given: unknown[]) => begin(found, given) : found
    },
  })
}

type Work = (...given: unknown[]) => unknown
type Transaction = { isOver: boolean }
const isWork = (found: unknown): found is Work => typeof found === "function"

async function begin(work: Work, given: unknown[]) {
  const transaction = { isOver: false }
  try {
    return await work(...given.map((one) => within(one, transaction)))
  } finally {
    transaction.isOver = true
  }
}

/**
 * What runs inside a transaction. When its connection is gone the driver ends `begin` with that, and then still asks
 * the dead connection for a rollback, which ends the process (postgres issue 1208); so it is never told of the failure.
 */
function within(one: unknown, transaction: Transaction) {
  if (!isWork(one)) return one
  return async (inner: object) => {
    try {
      return await one(preparing(inner, transaction))
    } catch (error) {
      // Only a lost connection is kept from the driver; every other failure is its to roll back.
      return isConnectionLost(error) ? new Promise<never>(() => {}) : Promise.reject(error)
    }
  }
}

/** The connection ended under a statement, or the server said that it is about to. */
function isConnectionLost(error: unknown): boolean {
  const { cause, code, severity } = Object(error)
  if (cause) return isConnectionLost(cause)
  return severity === "FATAL" || (severity === undefined && /^(CONNECTION_|ECONN|EPIPE|ETIMEDOUT)/.test(String(code)))
}

import { sql } from "drizzle-orm"
import { drizzle, type PostgresJsDatabase } from "drizzle-orm/postgres-js"
import postgres from "postgres"

export type Db = PostgresJsDatabase & { $client: postgres.Sql }
export type Tx = Parameters<Parameters<Db["transaction"]>[0]>[0]

/** The pool, once `connect` has been called; every verb reads it from here. */
export let db: Db
let client: postgres.Sql | undefined
let connectedTo = ""

/** Hears every statement sent, for the tests that count them; null while nobody counts. */
let hearing: ((statement: string) => void) | null = null

export function hearStatements(listener: ((statement: string) => void) | null) {
  hearing = listener
}

export function connect(url: string, max = 20) {
  connectedTo = url
  client = postgres(url, {
    max,
    onnotice: () => {},
    connect_timeout: 5,
    connection: { application_name: "upturn" },
    debug: (_connection, statement) => hearing?.(statement),
  })
  db = drizzle(preparing(client))
}

export async function disconnect() {
  await client?.end({ timeout: 5 })
  client = undefined
}

/** A connection apart from the pool, without drizzle's parsers: for LISTEN. The caller ends it. */
export function plainClient() {
  return postgres(connectedTo, { max: 1, onnotice: () => {}, connect_timeout: 5 })
}

/** A Date inside a raw `sql` fragment: the driver refuses a bare one there (drizzle issue 5789). */
export const ts = (moment: Date) => sql`${moment.toISOString()}::timestamptz`

/**
 * drizzle sends every statement unprepared, so that PostgreSQL parses and plans each one anew: twice the work per mail.
 * This hands it a client that prepares them, within transactions too.
 */
function preparing<T extends object>(sql: T): T {
  return new Proxy(sql, {
    get(target, name) {
      const found: unknown = Reflect.get(target, name)
      if (!isWork(found)) return found
      if (name === "unsafe") return (text: string, values: unknown[]) => found(text, values, { prepare: true })
      if (name !== "begin" && name !== "savepoint") return found
      return (...given: unknown[]) => found(...given.map((one) => (isWork(one) ? within(one) : one)))
    },
  })
}

type Work = (...given: unknown[]) => unknown
const isWork = (found: unknown): found is Work => typeof found === "function"
const within = (work: Work) => (inner: object) => work(preparing(inner))

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
  db = drizzle(client)
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

import postgres from "postgres"
import { expect, inject, test } from "vitest"
import { migrateDatabase } from "#db/migrate.server.ts"
import { freshDatabase } from "#test/support/fresh-database.ts"

const refusal = (url: string) =>
  migrateDatabase(url).then(
    () => null,
    (error: Error) => error.message,
  )

test("a database of a newer version, or with tables of another one, is refused and left as it is", async () => {
  const url = await freshDatabase(inject("clusterUrl"))
  const client = postgres(url, { max: 1, onnotice: () => {} })
  const migrations = () => client`select hash, created_at from drizzle.__drizzle_migrations order by id`
  const before = await migrations()
  await client`insert into drizzle.__drizzle_migrations (hash, created_at) values ('newer', 99999999999999)`
  expect(await refusal(url)).toMatch(/^The database is of a newer version of Upturn: /)
  await client`delete from drizzle.__drizzle_migrations where hash = 'newer'`
  expect(await refusal(url)).toBeNull()
  await client`update drizzle.__drizzle_migrations set hash = 'another' where created_at = ${before[1]?.created_at}`
  expect(await refusal(url)).toMatch(/^The tables of the database are not those of this version /)
  expect(await migrations()).toHaveLength(before.length)
  await client.end()
})

test("an older one is brought to this version", async () => {
  const url = await freshDatabase(inject("clusterUrl"))
  const client = postgres(url, { max: 1, onnotice: () => {} })
  await client.unsafe("drop schema public cascade; create schema public; drop schema drizzle cascade")
  await client.end()
  expect(await refusal(url)).toBeNull()
})

test.each(["SQL_ASCII", "LATIN1"])("a database that is %s is refused, and nothing is made in it", async (encoding) => {
  const admin = postgres(inject("clusterUrl").replace(/upturn$/, "postgres"), { max: 1, onnotice: () => {} })
  const name = `test_${encoding.toLowerCase()}`
  await admin.unsafe(`create database ${name} encoding '${encoding}' locale 'C' template template0`)
  await admin.end()
  const url = inject("clusterUrl").replace(/upturn$/, name)
  expect(await refusal(url)).toMatch(new RegExp(`^The database ${name} is ${encoding}, and mail needs UTF-8\\. `))
  const left = postgres(url, { max: 1 })
  expect(await left`select 1 from pg_tables where schemaname = 'public'`).toEqual([])
  await left.end()
})

import { getTableColumns, getTableName, type InferInsertModel, sql } from "drizzle-orm"
import type { PgTable } from "drizzle-orm/pg-core"
import type { Tx } from "#db/connection.server.ts"

const atOnce = 4000

/**
 * Puts many rows into a table: some thousand to a statement as one JSON text, which is several times faster than
 * parameters and has no limit of 65,535. The rows of one call must have the same keys.
 */
export async function pour<T extends PgTable>(tx: Tx, table: T, rows: readonly InferInsertModel<T>[]) {
  for (let from = 0; from < rows.length; from += atOnce) await pourSome(tx, table, rows.slice(from, from + atOnce))
}

async function pourSome<T extends PgTable>(tx: Tx, table: T, rows: readonly InferInsertModel<T>[]) {
  const columns = getTableColumns(table)
  const given = Object.keys(rows[0] ?? {}).flatMap((key) => {
    const name = columns[key]?.name
    return name === undefined ? [] : [{ key, name }]
  })
  const names = sql.join(
    given.map(({ name }) => sql.identifier(name)),
    sql`, `,
  )
  const text = JSON.stringify(
    rows.map((row) => Object.fromEntries(given.map(({ key, name }) => [name, plain(row, key)]))),
  )
  await tx.execute(sql`
    insert into ${table} (${names}) select ${names} from json_populate_recordset(null::${table}, (${text}::text)::json)`)
}

function plain(row: Record<string, unknown>, key: string) {
  const value = row[key]
  return Buffer.isBuffer(value) ? `\\x${value.toString("hex")}` : value
}

/** Ids nobody else will be given, in order: mail may arrive while the demo is being filled. */
export async function takeIds(tx: Tx, table: PgTable, key: string, count: number): Promise<number[]> {
  if (count === 0) return []
  const sequence = `${getTableName(table)}_${key}_seq`
  const rows = await tx.execute<{ id: number }>(
    sql`select nextval(${sequence}::regclass)::float8 as id from generate_series(1, ${count}::int)`,
  )
  return rows.map(({ id }) => id)
}

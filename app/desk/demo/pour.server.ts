import { type Column, getTableColumns, getTableName, type InferInsertModel, sql } from "drizzle-orm"
import type { PgTable } from "drizzle-orm/pg-core"
import type { Tx } from "#db/connection.server.ts"

const atOnce = 4000

/**
 * Puts many rows into a table: some thousand to a statement as one JSON text, which is several times faster than
 * parameters and has no limit of 65,535. The rows of one call must have the same keys.
 */
export async function pour<T extends PgTable>(tx: Tx, table: T, rows: readonly InferInsertModel<T>[]) {
  const columns = Object.entries<Column>(getTableColumns(table)).filter(([, column]) => column.generated === undefined)
  for (let from = 0; from < rows.length; from += atOnce)
    await pourSome(tx, table, columns, rows.slice(from, from + atOnce))
}

async function pourSome<T extends PgTable>(
  tx: Tx,
  table: T,
  columns: [string, Column][],
  rows: readonly InferInsertModel<T>[],
) {
  const [first = {}] = rows
  const values = columns.map(([key, column]) =>
    column.generatedIdentity && !(key in first) ? sql`nextval(${sequenceOf(table, column.name)}::regclass)` : column,
  )
  const text = JSON.stringify(
    rows.map((row) => Object.fromEntries(columns.flatMap((column) => filled(row, ...column)))),
  )
  // The records bear the table's own name, so that its columns say where they come from.
  await tx.insert(table).select(sql`
    select ${sql.join(values, sql`, `)} from json_populate_recordset(null::${table}, (${text}::text)::json) as ${table}`)
}

/** What a row does not say is the column's default, as with any insert; what is null need not be said. */
function filled(row: Record<string, unknown>, key: string, column: Column): [string, unknown][] {
  const value = key in row ? row[key] : column.default
  if (value === null || value === undefined) return []
  return [[column.name, Buffer.isBuffer(value) ? `\\x${value.toString("hex")}` : value]]
}

/** Ids nobody else will be given, in order: mail may arrive while the demo is being filled. */
export async function takeIds(tx: Tx, table: PgTable, column: string, count: number): Promise<number[]> {
  if (count === 0) return []
  const rows = await tx.execute<{ id: number }>(
    sql`select nextval(${sequenceOf(table, column)}::regclass)::float8 as id from generate_series(1, ${count}::int)`,
  )
  return rows.map(({ id }) => id)
}

const sequenceOf = (table: PgTable, column: string) => `${getTableName(table)}_${column}_seq`

import { sql } from "drizzle-orm"
import { db } from "#db/connection.server.ts"

/** Every row of every table, but for what was pressed: as it was then, to compare with and to go back to. */
export async function wholeDatabase() {
  const tables = await db.execute<{ name: string; columns: string }>(sql`
    select table_name as name, string_agg(quote_ident(column_name), ', ') as columns from information_schema.columns
     where table_schema = 'public' and is_generated = 'NEVER' and table_name <> 'operations' group by 1 order by 1`)
  const parts = tables.map(({ name, columns }) =>
    sql.raw(`select '${name}' as name, '${columns.replaceAll("'", "''")}' as columns,
      coalesce((select jsonb_agg(r order by r::text) from (select ${columns} from "${name}") r), '[]')::text as rows`),
  )
  const rows = await db.execute<{ name: string; columns: string; rows: string }>(sql.join(parts, sql` union all `))
  return rows.map(({ name, columns, rows }) => ({ name, columns, rows }))
}

export type WholeDatabase = Awaited<ReturnType<typeof wholeDatabase>>

/** How many rows each table holds. */
export const sizes = (all: WholeDatabase) =>
  Object.fromEntries(all.map(({ name, rows }) => [name, (JSON.parse(rows) as unknown[]).length]))

/** Puts everything back as it was; what was pressed stays known. */
export async function goBackTo(all: WholeDatabase) {
  await db.transaction(async (tx) => {
    await tx.execute(sql`set local session_replication_role = replica`)
    for (const { name, columns, rows } of all) {
      await tx.execute(sql.raw(`delete from "${name}"`))
      await tx.execute(sql`insert into ${sql.identifier(name)} (${sql.raw(columns)})
        select ${sql.raw(columns)} from jsonb_populate_recordset(null::${sql.identifier(name)}, ${rows}::jsonb)`)
    }
  })
}

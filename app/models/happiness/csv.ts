/** What a cell holds; null is an empty one. */
export type Cell = string | number | null
export type Column<Row> = readonly [name: string, of: (row: Row) => Cell]

/**
 * A table as CSV (RFC 4180): the names of the columns first, every line ended by CRLF. A text that a spreadsheet would
 * run as a formula is led by an apostrophe; a number stays a number, a negative one too.
 */
export function csvOf<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): string {
  const lines = [columns.map(([name]) => name), ...rows.map((row) => columns.map(([, of]) => of(row)))]
  return lines.map((cells) => `${cells.map(written).join(",")}\r\n`).join("")
}

function written(cell: Cell) {
  if (cell === null) return ""
  if (typeof cell === "number") return Number.isFinite(cell) ? String(cell) : ""
  const safe = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

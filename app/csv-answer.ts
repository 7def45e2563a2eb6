/** A table to save, under a name of letters, digits and dashes. */
export const csvAnswer = (name: string, csv: string) =>
  new Response(csv, {
    headers: {
      "Content-Type": "text/csv; charset=utf-8; header=present",
      "Content-Disposition": `attachment; filename="${name}.csv"`,
    },
  })

/** How a report is wanted: `format` of the address, JSON as is when left out. Null: in a way we do not write. */
export function formatFrom(query: URLSearchParams): "json" | "csv" | null {
  const format = query.get("format") || "json"
  return format === "json" || format === "csv" ? format : null
}

export const formatWords = (query: URLSearchParams) => `format must be json or csv, not ${query.get("format")}`

/** A table to save, under a name of letters, digits and dashes. */
export const csvAnswer = (name: string, csv: string) =>
  new Response(csv, {
    headers: {
      "Content-Type": "text/csv; charset=utf-8; header=present",
      "Content-Disposition": `attachment; filename="${name}.csv"`,
    },
  })

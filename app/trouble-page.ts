export type Field = [name: string, value: string]

/** What a person sees while the database is away: nothing typed is lost, one press sends it again. */
export function databaseDownPage(action: string, fields: Field[]): string {
  const kept = fields.filter(([name]) => !/password/i.test(name))
  const again = `<form method="post" action="${escaped(action)}">${kept.map(keptField).join("")}<p><button>Send it again</button></p></form>`
  return page(
    "The desk cannot reach its database",
    kept.length > 0
      ? `<p>Nothing was stored, and nothing you wrote is lost: it is kept below. Wait a moment, then send it again.</p>${again}`
      : "<p>This usually passes within a minute. Load this page again then.</p>",
  )
}

/** What a person sees when the desk itself is at fault; the id finds the line in the log. */
export function brokenPage(id: string): string {
  return page(
    "Something went wrong",
    `<p>It is written down as <code>${escaped(id)}</code>. Go back and try once more.</p>`,
  )
}

export const escaped = (text: string) =>
  text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;")

function keptField([name, value]: Field) {
  if (!/\n/.test(value) && value.length < 200)
    return `<input type="hidden" name="${escaped(name)}" value="${escaped(value)}">`
  return `<p><textarea name="${escaped(name)}" aria-label="${escaped(name)}" rows="12" cols="70">\n${escaped(value)}</textarea></p>`
}

const page = (title: string, body: string) =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${title}</title></head><body><main><h1>${title}</h1>${body}</main></body></html>`

/** What the page of a mail shows of the files beside it: by content id (RFC 2392) or by their address. */
export type Shown = (file: { contentId: string; location: string }) => boolean

/** Looks at the page once, however many files there are. */
export function shownOn(html: string | null): Shown {
  if (html === null) return () => false
  const ids = new Set<string>()
  for (const [, id = ""] of html.matchAll(/cid:([^"'\s<>)&;]{1,998})/gi)) for (const form of formsOf(id)) ids.add(form)
  const places = new Set<string>()
  for (const [, place = ""] of html.matchAll(/(?:src|href|background)\s{0,20}=\s{0,20}["']?([^"'\s<>]{1,2000})/gi))
    places.add(place.replace(/&amp;/gi, "&"))
  for (const [, place = ""] of html.matchAll(/url\(\s{0,20}["']?([^"'\s<>)]{1,2000})/gi)) places.add(place)
  return ({ contentId, location }) =>
    (contentId !== "" && formsOf(contentId).some((form) => ids.has(form))) || (location !== "" && places.has(location))
}

/** As written, and with its escapes undone; at the end of an unquoted attribute a slash may cling to it. */
function formsOf(id: string): string[] {
  const bare = id.replace(/\/$/, "")
  const plain = bare.replace(/%([2-7][0-9a-f])/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
  return [bare, plain]
}

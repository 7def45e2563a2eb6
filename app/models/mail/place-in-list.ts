/** Where a page of the ledger ended, opaque to callers. */
export const writePlace = (id: number) => btoa(`mail.${id}`).replaceAll("=", "")

/** Null for anything we did not write: the list then starts at its beginning. */
export function readPlace(text: string | null): number | null {
  if (!text || !/^[A-Za-z0-9+/]{4,40}$/.test(text)) return null
  const id = /^mail\.(\d{1,15})$/.exec(decoded(text))?.[1]
  return id ? Number(id) : null
}

/** Base64 has lengths that are none. */
const decoded = (text: string) => (text.length % 4 === 1 ? "" : atob(text))

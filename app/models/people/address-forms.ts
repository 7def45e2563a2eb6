import { canonicalAddress } from "./address.ts"

/** As POSIX: what an older version may have kept in another form. Plain ASCII in small letters is in the one form anyway. */
export const mayDiffer = "[^ -~]|[A-Z]|@.*(xn--|[.]$)"

export type Rename = { from: string; to: string }

/** What is to be renamed; what is no address stays as it came. */
export const renamesOf = (kept: readonly string[]): Rename[] =>
  [...new Set(kept)].flatMap((from) => {
    const to = from.startsWith("@") ? (canonicalAddress(`x${from}`)?.slice(1) ?? null) : canonicalAddress(from)
    return to === null || to === from ? [] : [{ from, to }]
  })

import { type Warning, type WarningKind, warningKinds, wordsOf } from "../warnings/warning.ts"

/** `ok` with `warns`: works, but should be looked at. With `kind` and `since` it is one of the desk's warnings. */
export type Finding = {
  part: string
  ok: boolean
  words: string
  warns?: true
  kind?: WarningKind
  since?: Date
}

/** Doctor looks at these itself. */
const looked: WarningKind[] = ["work-waits", "setting-unreadable", "disk-full", "disk-low"]

export function findingsFrom(warnings: readonly Warning[]): Finding[] {
  const others = warnings.filter(({ kind }) => !looked.includes(kind))
  if (others.length === 0) return [{ part: "warnings", ok: true, words: "none" }]
  return others.map((warning) => {
    const { kind, since } = warning
    const isFault = warningKinds[kind].isFault
    return { part: kind, ok: !isFault, words: wordsOf(warning), kind, since, ...(isFault ? {} : { warns: true }) }
  })
}

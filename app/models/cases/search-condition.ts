const faces = ["happy", "ok", "frown"] as const

export type Condition = { not: boolean; text: string } & (
  | { kind: "is"; state: State }
  | { kind: "has"; what: "file" | "note" | "rating" }
  | { kind: "rating"; face: (typeof faces)[number] }
  | { kind: "mailbox" | "agent"; name: string }
  | { kind: "before" | "after"; day: string }
)

export const states = [
  ...(["open", "closed", "waiting-on-us", "waiting-on-them", "snoozed"] as const),
  ...(["mine", "assigned", "unassigned", "spam", "merged"] as const),
]
export type State = (typeof states)[number]

const things = [
  ["file", "files", "attachment", "attachments"],
  ["note", "notes"],
  ["rating", "ratings", "face"],
] as const

/** Every key a search knows, in the order they are told. */
export const keys =
  "from: to: cc: subject: file: note: customer: mailbox: agent: is: has: rating: before: after:".split(" ")

/** A condition; words that say why it cannot be used; null for a key that is none of ours. */
export function conditionOf(key: string, value: string, not: boolean): Condition | string | null {
  const text = `${not ? "-" : ""}${key}:${/\s/.test(value) ? `"${value}"` : value}`
  const said = value.toLowerCase()
  switch (key) {
    case "is": {
      const spelt = said === "waiting" ? "waiting-on-us" : said.replace(/[\s_]+/g, "-")
      const state = states.find((name) => name === spelt)
      return state ? { kind: "is", state, not, text } : oneOf(key, states)
    }
    case "has": {
      const [what] = things.find((names) => names.some((name) => name === said)) ?? []
      return what
        ? { kind: "has", what, not, text }
        : oneOf(
            key,
            things.map(([name]) => name),
          )
    }
    case "rating": {
      const face = faces.find((name) => name === said)
      return face ? { kind: "rating", face, not, text } : oneOf(key, faces)
    }
    case "before":
    case "after": {
      const day = dayFrom(said)
      return day ? { kind: key, day, not, text } : `${key}: takes a day such as 2026-03-10, a month or a year`
    }
    case "mailbox":
    case "agent":
      return { kind: key, name: said, not, text }
    case "tag":
      return "This desk has no tags"
    default:
      return null
  }
}

const oneOf = (key: string, names: readonly string[]) => `${key}: takes ${names.join(", ")}`

/** Also a month or a year, which begin on their first day. */
function dayFrom(said: string): string | null {
  const [, year, month = "01", day = "01"] = /^(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?$/.exec(said) ?? []
  const local = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/.exec(said)
  if (local) return dayFrom(`${local[3]}-${local[2]}-${local[1]}`)
  if (!year) return null
  const text = `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`
  const at = new Date(`${text}T00:00:00Z`)
  return Number.isNaN(at.getTime()) || at.toISOString().slice(0, 10) !== text || Number(year) < 1 ? null : text
}

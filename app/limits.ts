/** What a route reads at most, and from whom. */
export type Limits = {
  /** Who may send a body that is more than a few fields; anyone's is small. */
  from: "anyone" | "signed in" | "token"
  types: readonly string[]
  longest: number
  /** Of a form with files, which may be longer than one without. */
  longestWithFiles: number
  fields: number
  files: number
}

export const kilobyte = 1024
export const megabyte = 1024 * kilobyte
export const form = "application/x-www-form-urlencoded"
export const formWithFiles = "multipart/form-data"
export const json = "application/json"

const anonymous: Limits = {
  from: "anyone",
  types: [form],
  longest: 16 * kilobyte,
  longestWithFiles: 0,
  fields: 100,
  files: 0,
}
const rating: Limits = { ...anonymous, longest: 64 * kilobyte, fields: 20 }
const pressed: Limits = { ...anonymous, from: "signed in", longest: 256 * kilobyte, fields: 2000 }
const written: Limits = { ...pressed, longest: 2 * megabyte }
/** One file more than a mail takes, so that the page itself can say how many are too many. */
const letter: Limits = {
  ...written,
  types: [form, formWithFiles],
  longestWithFiles: 35 * megabyte,
  fields: 500,
  files: 51,
}
const calendar: Limits = { ...letter, longestWithFiles: 2 * megabyte, fields: 10, files: 1 }
const call: Limits = { ...written, from: "token", types: [json] }
const letterCall: Limits = { ...letter, from: "token", types: [json, formWithFiles], longest: 35 * megabyte }
const mail: Limits = { ...call, types: ["message/rfc822"], longest: 35 * megabyte }

/** By route, the first that fits. `*` stands for one piece of the path, `**` for any number of them. */
const table: [pattern: string, limits: Limits][] = [
  ["/sign-in", anonymous],
  ["/sign-out", anonymous],
  ["/welcome", anonymous],
  ["/scheme", anonymous],
  ["/invitation/**", anonymous],
  ["/base-url/**", anonymous],
  ["/r/**", rating],
  ["/api/v1/mail", mail],
  ["/api/v1/cases", letterCall],
  ["/api/v1/cases/*/replies", letterCall],
  ["/api/**", call],
  ["/cases/new", letter],
  ["/cases/*/replies", letter],
  ["/cases/new/files", letter],
  ["/cases/*/draft", letter],
  ["/form-drafts", written],
  ["/cases/*/notes", written],
  ["/settings/holidays/import", calendar],
  ["/**", pressed],
]

export const limitsOf = (path: string): Limits => {
  const segments = path.split("/").slice(1)
  return table.find(([pattern]) => fits(pattern.split("/").slice(1), segments))?.[1] ?? anonymous
}

function fits(pattern: string[], segments: string[]): boolean {
  const open = pattern.at(-1) === "**"
  const fixed = open ? pattern.slice(0, -1) : pattern
  const isLong = open ? segments.length >= fixed.length : segments.length === fixed.length
  return isLong && fixed.every((piece, place) => piece === "*" || piece === segments[place])
}

export const longestOf = (limits: Limits, type: string) =>
  type === formWithFiles ? limits.longestWithFiles : limits.longest

/** Milliseconds a body may take: small ones come with their headers, a large one over a slow line takes its time. */
export const patienceFor = (length: number) => 10_000 + length / 10

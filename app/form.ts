import { storable } from "./models/people/storable.ts"

/** A text field as typed, less what no table can keep; "" when it was not sent. Files are no text. */
export function textOf(form: FormData, name: string): string {
  const value = form.get(name)
  return typeof value === "string" ? storable(value) : ""
}

/** Every id a checkbox group sent; what is no id is left out. */
export const idsOf = (form: FormData, name: string): number[] =>
  form.getAll(name).flatMap((value) => idFrom(String(value)) ?? [])

/** An id as it stands in an address or a form. */
export const idFrom = (text: string | undefined): number | null =>
  text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : null

/** A whole number as people type it; NaN for anything else. */
export const numberIn = (text: string): number => (/^\s*\d{1,9}\s*$/.test(text) ? Number(text) : Number.NaN)

/** The files chosen in a file field, whole. An empty field sends one without a name. */
export async function filesOf(form: FormData, name: string) {
  const files = form.getAll(name).filter((value): value is File => typeof value !== "string" && value.name !== "")
  return Promise.all(
    files.map(async (file) => ({ name: file.name, type: file.type, bytes: Buffer.from(await file.arrayBuffer()) })),
  )
}

/** Several text fields by name, as they were typed. */
export const textsOf = <N extends string>(form: FormData, names: readonly N[]): Record<N, string> =>
  Object.fromEntries(names.map((name) => [name, textOf(form, name)])) as Record<N, string>

/** The same of what is known already, for a form to begin with; "" for what is not. */
export const textsFrom = <N extends string>(known: Record<string, unknown>, names: readonly N[]): Record<N, string> =>
  Object.fromEntries(names.map((name) => [name, String(known[name] ?? "")])) as Record<N, string>

/** What stands in an address, as a form that was sent. */
export function formFrom(query: URLSearchParams): FormData {
  const form = new FormData()
  for (const [name, value] of query) form.append(name, value)
  return form
}

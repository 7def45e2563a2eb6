import type { z } from "zod"
import { problem } from "./problem.ts"
import { storable } from "./storable.ts"

/**
 * The body of an API call as `schema` says it must be; else a 400 problem is thrown that names what is wrong.
 * Every text in it is one PostgreSQL can keep.
 */
export async function jsonBody<T>(request: Request, schema: z.ZodType<T>): Promise<T> {
  return asAsked(await jsonOf(request), schema)
}

/** The same for what came as a form. */
export function asAsked<T>(given: unknown, schema: z.ZodType<T>): T {
  const read = schema.safeParse(given)
  if (read.success) return read.data
  const [issue] = read.error.issues
  throw problem(400, "Bad request", [issue?.path.join("."), issue?.message].filter(Boolean).join(": "))
}

export async function jsonOf(request: Request): Promise<unknown> {
  const text = await request.text()
  try {
    return JSON.parse(text, (_key, value) => (typeof value === "string" ? storable(value) : value))
  } catch {
    // What is no JSON at all is the caller's mistake like any other.
    throw problem(400, "Bad request", "The body is not JSON")
  }
}

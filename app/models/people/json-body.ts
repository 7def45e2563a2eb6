import type { z } from "zod"
import { problem } from "./problem.ts"

/**
 * The body of an API call as `schema` says it must be; else a 400 problem is thrown that names what is wrong.
 * NUL is left out of every text: PostgreSQL cannot keep it.
 */
export async function jsonBody<T>(request: Request, schema: z.ZodType<T>): Promise<T> {
  const read = schema.safeParse(parsed(await request.text()))
  if (read.success) return read.data
  const [issue] = read.error.issues
  throw problem(400, "Bad request", [issue?.path.join("."), issue?.message].filter(Boolean).join(": "))
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text, (_key, value) => (typeof value === "string" ? value.replaceAll("\0", "") : value))
  } catch {
    // What is no JSON at all is the caller's mistake like any other.
    throw problem(400, "Bad request", "The body is not JSON")
  }
}

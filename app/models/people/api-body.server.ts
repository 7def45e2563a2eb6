import type { z } from "zod"
import { problem } from "./problem.ts"

/** The JSON a caller sent, in the shape it must have; throws a 400 or 422 that names what is wrong. */
export async function bodyOf<T>(request: Request, shape: z.ZodType<T>): Promise<T> {
  const read = shape.safeParse(parsed(await request.text()))
  if (read.success) return read.data
  const words = read.error.issues.map((issue) => `${issue.path.join(".") || "body"}: ${issue.message}`).join("; ")
  throw problem(422, "Not as expected", words)
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // The one place where text from outside becomes JSON of the API.
    throw problem(400, "Not JSON", "The body must be a JSON object")
  }
}

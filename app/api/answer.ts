import type { z } from "zod"

/** The name of a schema (or bytes of a type, if asked for), a list of them by name and page with what else it tells, or bytes. */
export type Answer =
  | { schema: string; orBytes?: string }
  | { page: string; and?: z.ZodObject }
  | { bytes: string }
  | { inline: z.ZodType }

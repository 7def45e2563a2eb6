import { ClusterProblem } from "#db/postmaster.server.ts"
import { isDatabaseFull } from "./database-down.ts"
import { Refused } from "./desk/refused.ts"
import { EnvProblem } from "./env.server.ts"
import { ListenProblem } from "./listen-problem.ts"

/** What is expected to go wrong at a start or in a command, in one line a person can act on. Null: a bug. */
export function problemWords(error: unknown): string | null {
  if (!(error instanceof Error)) return null
  const isExpected = [EnvProblem, ListenProblem, ClusterProblem, Refused].some((kind) => error instanceof kind)
  if (isExpected) return error.message
  if (isDatabaseFull(error)) return "The disk PostgreSQL writes to is full. Make room there and start the desk again."
  const { code, path } = error as NodeJS.ErrnoException
  const where = path ? ` at ${path}` : ""
  if (code === "ENOSPC" || code === "EDQUOT")
    return `The disk is full${where}. Make room there and start the desk again.`
  if (code === "EROFS") return `The disk can only be read${where}. Set DATA_DIR to a folder that can be written.`
  if (path && (code === "EACCES" || code === "EPERM"))
    return `This user may not use ${path} (${code}). Give it back to its owner, or set DATA_DIR to another folder.`
  return null
}

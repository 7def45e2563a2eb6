/** Where PostgreSQL lies, and where it writes what it does. */
export type Where = { folder: string; log: string }

/** Why an embedded PostgreSQL ended at its start, read from its log: one line, with what to do. */
export function startTrouble(said: string, { folder, log }: Where): string {
  const isSaid = (pattern: RegExp) => pattern.test(said)
  if (isSaid(/No space left on device|Disk quota exceeded/i))
    return `The disk that holds ${folder} is full, so PostgreSQL cannot start. Make room there, then start the desk again.`
  if (
    isSaid(/lock file "[^"]{0,300}" already exists|pre-existing shared memory block|is another (postmaster|postgres)/i)
  )
    return `${folder} is in use by another PostgreSQL. Stop that one, then start the desk again.`
  if (isSaid(/Permission denied|Operation not permitted|wrong ownership|invalid permissions|Read-only file system/i))
    return `PostgreSQL may not use ${folder} (${lastWords(said)}). Give the folder back to its owner, or set DATA_DIR to another.`
  if (isSaid(/checkpoint record|control file|could not (read|open|access) (file|directory)|invalid page/i))
    return `The database in ${folder} is damaged (${lastWords(said)}). Restore it from a backup; its log is ${log}.`
  if (isSaid(/shared memory|semaphore|Cannot allocate memory|out of memory/i))
    return `This machine does not give PostgreSQL the memory it needs (${lastWords(said)}). Its log is ${log}.`
  return `PostgreSQL ended at its start (${lastWords(said) || "without a word"}). Its log is ${log}.`
}

/** Files of one major version are none of another's. Null: they fit, or nobody knows. */
export function versionTrouble(folder: string, made: string, program: string): string | null {
  const [, ours] = /PostgreSQL\) (\d{1,3})/.exec(program) ?? []
  if (!ours || !/^\d+(\.\d+)?$/.test(made) || made === ours) return null
  return `${folder} was made by PostgreSQL ${made}, and this desk brings ${ours}. Start the version of the desk that made it, or set DATA_DIR to another folder.`
}

/** The last line that says why, without its time and process. */
function lastWords(said: string): string {
  const lines = said.split("\n").filter((line) => line.trim() !== "")
  const last = lines.findLast((line) => /\b(FATAL|PANIC|ERROR|error):/i.test(line)) ?? lines.at(-1) ?? ""
  return last.replace(/^.*?\b(FATAL|PANIC|ERROR|initdb: error):\s*/i, "").slice(0, 300)
}

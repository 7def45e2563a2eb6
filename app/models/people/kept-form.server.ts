import { and, eq, lt } from "drizzle-orm"
import { db } from "#db/connection.server.ts"
import { keptForms } from "#db/tables/sign-in.ts"
import { seal, unseal } from "./sealed.server.ts"
import { newToken, tokenHash } from "./token.server.ts"

const quarter = 15 * 60_000
/** Long enough for every form but those with files, which are none of those kept. */
const longest = 256 * 1024

/** Keeps what was sent to `path` until the password is typed: sealed, for this session only, a quarter of an hour. */
export async function keepForm(sessionHash: string, path: string, form: FormData, now: Date): Promise<string | null> {
  const fields = [...form].filter((field): field is [string, string] => typeof field[1] === "string")
  const text = JSON.stringify(fields)
  if (text.length > longest) return null
  const id = newToken()
  const row = { id: tokenHash(id), sessionHash, path, sealed: seal(text, "kept form"), keptAt: now }
  await db.delete(keptForms).where(lt(keptForms.keptAt, new Date(now.getTime() - quarter)))
  await db.insert(keptForms).values(row)
  return id
}

/** Where a kept form goes on to; null for what is not there any more, or is another session's. */
export async function keptPath(sessionHash: string, id: string, now: Date): Promise<string | null> {
  const [row] = await db.select().from(keptForms).where(theirs(sessionHash, id))
  return row && row.keptAt.getTime() > now.getTime() - quarter ? row.path : null
}

/** The form as it was sent to this path, once. */
export async function keptForm(sessionHash: string, path: string, id: string, now: Date): Promise<FormData | null> {
  const [row] = await db
    .delete(keptForms)
    .where(and(theirs(sessionHash, id), eq(keptForms.path, path)))
    .returning()
  if (!row || row.keptAt.getTime() <= now.getTime() - quarter) return null
  const form = new FormData()
  for (const [name, value] of JSON.parse(unseal(row.sealed, "kept form")) as [string, string][])
    form.append(name, value)
  return form
}

const theirs = (sessionHash: string, id: string) =>
  and(eq(keptForms.id, tokenHash(id)), eq(keptForms.sessionHash, sessionHash))

import { and, eq, inArray, lt } from "drizzle-orm"
import { db } from "#db/connection.server.ts"
import { formDrafts } from "#db/tables/form-drafts.ts"

export type FormDraft = { page: string; form: string; fields: [name: string, value: string][]; savedAt: Date }

const quarterYear = 90 * 24 * 3_600_000
const longest = 1_000_000

/** Keeps what is being typed into a form that has no draft of its own. Without a word in it there is nothing to keep. */
export async function saveFormDraft(agentId: number, draft: FormDraft): Promise<"saved" | "too long"> {
  if (JSON.stringify(draft.fields).length > longest) return "too long"
  const { fields, savedAt } = draft
  const old = new Date(savedAt.getTime() - quarterYear)
  await db.delete(formDrafts).where(and(eq(formDrafts.agentId, agentId), lt(formDrafts.savedAt, old)))
  if (fields.every(([, value]) => value.trim() === "")) await dropFormDraft(agentId, draft.form)
  else
    await db
      .insert(formDrafts)
      .values({ agentId, ...draft })
      .onConflictDoUpdate({ target: [formDrafts.agentId, formDrafts.page, formDrafts.form], set: { fields, savedAt } })
  return "saved"
}

/** What waits for somebody on these pages. */
export function formDraftsOn(agentId: number, pages: string[]): Promise<FormDraft[]> {
  const { page, form, fields, savedAt } = formDrafts
  return db
    .select({ page, form, fields, savedAt })
    .from(formDrafts)
    .where(and(eq(formDrafts.agentId, agentId), inArray(page, pages)))
}

/** Once the form was taken. */
export async function dropFormDraft(agentId: number, form: string) {
  await db.delete(formDrafts).where(and(eq(formDrafts.agentId, agentId), eq(formDrafts.form, form)))
}

import { and, desc, eq, ne, sql } from "drizzle-orm"
import { db } from "#db/connection.server.ts"
import { drafts } from "#db/tables/cases.ts"
import { formDrafts } from "#db/tables/form-drafts.ts"
import { agents } from "#db/tables/people.ts"
import type { Viewer } from "../people/agent.ts"
import { previewOf } from "./case.ts"
import { type DraftFile, draftFiles } from "./draft-file.server.ts"
import { familyOf } from "./family.server.ts"
import { filedVisiblyTo, inVisibleFamily } from "./visible.server.ts"

/**
 * Who is writing in this case, newest first; the viewer's own draft comes with its text and files, others' only as a
 * fact. `elsewhere`: what the viewer was writing in a case that was merged into this one.
 */
export async function draftsOf(viewer: Viewer, caseNumber: number) {
  const [rows, elsewhere] = await Promise.all([draftsIn(viewer, caseNumber), wordsElsewhere(viewer, caseNumber)])
  const own = rows.find((row) => row.agentId === viewer.id) ?? null
  const files = own ? (await draftFiles({ caseNumber, agentId: own.agentId })).map(shown) : []
  const others = rows.filter((row) => row !== own).map(({ name, savedAt }) => ({ name, savedAt }))
  return { mine: own && { ...own, files }, others, elsewhere }
}

const shown = ({ id, filename, size }: DraftFile) => ({ id, filename, size })

const draftsIn = (viewer: Viewer, caseNumber: number) =>
  db
    .select({ agentId: drafts.agentId, name: agents.name, body: drafts.body, cc: drafts.cc, savedAt: drafts.savedAt })
    .from(drafts)
    .innerJoin(agents, eq(agents.id, drafts.agentId))
    .where(and(eq(drafts.caseNumber, caseNumber), filedVisiblyTo(viewer, drafts.caseNumber)))
    .orderBy(desc(drafts.savedAt))

async function wordsElsewhere(viewer: Viewer, caseNumber: number) {
  if (viewer.id === null) return []
  const [replies, notes] = await Promise.all([
    db
      .select({ caseNumber: drafts.caseNumber, body: drafts.body })
      .from(drafts)
      .where(
        and(
          eq(drafts.agentId, viewer.id),
          ne(drafts.caseNumber, caseNumber),
          inVisibleFamily(viewer, drafts.caseNumber, caseNumber),
        ),
      ),
    notesElsewhere(viewer.id, caseNumber),
  ])
  return [...replies.map(beginningOf(false)), ...notes.map(beginningOf(true))]
}

const notesElsewhere = (agentId: number, caseNumber: number) =>
  db
    .select({
      caseNumber: sql<number>`substring(${formDrafts.form} from '[0-9]+')::bigint`.mapWith(Number),
      body: sql<string>`coalesce(${formDrafts.fields} -> 0 ->> 1, '')`,
    })
    .from(formDrafts)
    .where(
      and(
        eq(formDrafts.agentId, agentId),
        sql`${formDrafts.form} = any(array(select '/cases/' || member || '/notes'
          from unnest(array(${familyOf(caseNumber)})) as member where member <> ${caseNumber}::bigint))`,
      ),
    )

const beginningOf =
  (isNote: boolean) =>
  ({ caseNumber, body }: { caseNumber: number; body: string }) => ({ caseNumber, isNote, beginning: previewOf(body) })

import { timingSafeEqual } from "node:crypto"
import { eq } from "drizzle-orm"
import { db } from "#db/connection.server.ts"
import { files } from "#db/files.server.ts"
import { settings as table } from "#db/tables/people.ts"
import { deskId } from "./desk-id.server.ts"
import { secretKey } from "./secret.server.ts"

/** Rows that no page shows and no command sets: what the first process of a desk started with. */
const rows = { secret: "desk.secret", files: "desk.files" } as const

/** What a process brings along that has to be the same for all processes of a desk. */
export type NodePart = keyof typeof rows

/**
 * Why this process cannot work for the desk in the database: with another secret every link, signature and stored
 * password of the others is wrong here; with another file store attachments are missing. Null when it can.
 */
export async function nodeProblem(folder: string, now: Date): Promise<string | null> {
  return (await secretProblem(now)) ?? (await filesProblem(folder, now))
}

async function secretProblem(now: Date) {
  const own = fingerprint()
  const desks = await remember("secret", own, now)
  if (isSame(own, desks)) return null
  return "The secret is not the one this desk was started with. Set SECRET, or copy the file secret from the desk's data folder into this one. If it was changed on purpose, run: npm run desk -- accept secret"
}

async function filesProblem(folder: string, now: Date) {
  // In this order: whoever starts at the same moment marks the folder first, and then says so here.
  const [desk, isKept] = [await deskId(now), (await recall("files")) !== null]
  const owner = await files.owner()
  if (owner !== null && owner !== desk)
    return `The files in ${folder} belong to another desk. Set DATA_DIR to this desk's folder. If they were copied for this one, run: npm run desk -- accept files`
  if (owner === null && isKept)
    return `The files of this desk are not in ${folder}. Set DATA_DIR to the folder that has them, shared by all its processes. If they are lost, run: npm run desk -- accept files`
  if (owner === null) await files.giveTo(desk)
  await remember("files", "kept", now)
  return null
}

/** The secret this process has is the desk's from now on. What was signed or sealed with another stays unreadable. */
export const acceptSecret = (now: Date) => keep("secret", fingerprint(), now)

/** The file store this process has is the desk's from now on. */
export async function acceptFiles(now: Date) {
  await files.giveTo(await deskId(now))
  await remember("files", "kept", now)
}

/** Says nothing about the secret: a key of its own is made from it, and used for nothing else. */
const fingerprint = () => secretKey("which secret this is").toString("base64url")

const isSame = (a: string, b: string) => a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b))

async function remember(part: NodePart, value: string, now: Date): Promise<string> {
  await db.insert(table).values({ key: rows[part], value, changedAt: now }).onConflictDoNothing()
  return (await recall(part)) ?? value
}

async function recall(part: NodePart): Promise<string | null> {
  const [row] = await db.select({ value: table.value }).from(table).where(eq(table.key, rows[part]))
  return row ? String(row.value) : null
}

async function keep(part: NodePart, value: string, now: Date) {
  const row = { key: rows[part], value, changedAt: now }
  await db.insert(table).values(row).onConflictDoUpdate({ target: table.key, set: row })
}

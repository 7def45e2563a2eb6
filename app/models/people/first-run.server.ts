import { randomInt } from "node:crypto"
import { eq, sql } from "drizzle-orm"
import { deskNow } from "#app/clock.server.ts"
import { db, type Tx } from "#db/connection.server.ts"
import { jobs } from "#db/tables/jobs.ts"
import { settings as table } from "#db/tables/people.ts"
import { canonicalAddress } from "./address.ts"
import { hasAgents, hasAgentsIn, makeAgent, type NewAgent, newAgentRefusal, type Refused } from "./agent.server.ts"
import { makeMailbox } from "./mailbox.server.ts"
import { hashPassword } from "./password.server.ts"
import { choiceRefusal } from "./password-choice.server.ts"
import type { NoProof } from "./proof.server.ts"
import { take } from "./rate-limit.server.ts"
import { keepSetting } from "./settings.server.ts"
import { settingFrom } from "./settings.ts"
import { tokenHash } from "./token.server.ts"
import { codeBucket, waitWords } from "./tries.ts"

export type FirstDesk = {
  deskName: string
  timeZone: string
  mailboxes: string[]
  name: string
  email: string
  password: string
  wantsDemo: boolean
}

const key = "setup.codeHash"
// Without letters and digits that are read as one another; eight of them are forty bits.
const letters = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"

/** A new one-time code for the first visit, to be shown on the console only; null once somebody has an account. */
export async function firstRunCode(): Promise<string | null> {
  if (await hasAgents()) return null
  const code = Array.from({ length: 8 }, () => letters[randomInt(letters.length)]).join("")
  const row = { key, value: tokenHash(code), changedAt: deskNow() }
  await db.insert(table).values(row).onConflictDoUpdate({ target: table.key, set: row })
  return `${code.slice(0, 4)}-${code.slice(4)}`
}

/** Why this is not the code on the console. Every try is counted, and by address: nobody uses up anybody else's. */
export async function codeRefusal(code: string, remote: string, now: Date): Promise<NoProof | null> {
  const [row] = await db.select({ value: table.value }).from(table).where(eq(table.key, key))
  const waitSeconds = await take(codeBucket(String(row?.value ?? ""), remote), now)
  if (waitSeconds !== null) return { words: waitWords(waitSeconds), waitSeconds }
  const given = tokenHash(code.toUpperCase().replace(/[^0-9A-Z]/g, ""))
  const isRight = row?.value === given
  return isRight ? null : { words: "That is not the code on the console where the desk was started", waitSeconds: null }
}

/** Makes the desk: its name and zone, the first mailboxes, and the first admin, who answers them. Once only. */
export async function setUpDesk(given: FirstDesk, now: Date): Promise<{ agentId: number } | Refused> {
  const refused = await deskRefusal(given)
  if (refused !== null) return { refused }
  const passwordHash = await hashPassword(given.password)
  return db.transaction((tx) => firstRows(tx, given, passwordHash, now))
}

async function deskRefusal(given: FirstDesk): Promise<string | null> {
  if (await hasAgents()) return "This desk is set up already. Sign in, or add people with: npm run desk -- agent add"
  const [name, zone] = [settingFrom("desk.name", given.deskName), settingFrom("desk.timeZone", given.timeZone)]
  if ("refused" in name) return `The desk's name ${name.refused}`
  if ("refused" in zone) return `The time zone ${zone.refused}`
  const wrong = given.mailboxes.find((address) => canonicalAddress(address) === null)
  if (given.mailboxes.length === 0 || wrong !== undefined) return `${wrong || "A mailbox"} is not an email address`
  return (await newAgentRefusal(firstAdmin(given, []))) ?? choiceRefusal(given.password, given)
}

const firstAdmin = ({ name, email }: FirstDesk, mailboxIds: number[]): NewAgent => ({
  name,
  email,
  role: "admin",
  loadLimit: 20,
  mailboxLimits: [],
  skills: [],
  mailboxIds,
  password: null,
})

async function firstRows(tx: Tx, given: FirstDesk, passwordHash: string, now: Date) {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended('first admin', 0))`)
  if (await hasAgentsIn(tx)) return { refused: "This desk was set up a moment ago. Sign in." }
  await keepSetting(tx, "desk.name", given.deskName.trim(), now)
  await keepSetting(tx, "desk.timeZone", given.timeZone, now)
  const boxes: number[] = []
  for (const address of given.mailboxes) {
    const box = await makeMailbox(tx, { address, name: "", agentIds: [] }, now)
    // The same address twice is one mailbox.
    if ("id" in box) boxes.push(box.id)
  }
  const made = await makeAgent(tx, firstAdmin(given, boxes), passwordHash, now)
  if ("refused" in made) return made
  await tx.delete(table).where(eq(table.key, key))
  if (given.wantsDemo) await tx.insert(jobs).values({ kind: "demo", dedupeKey: "demo", dueAt: now })
  return { agentId: made.id }
}

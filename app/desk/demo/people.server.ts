import { inArray, isNull, sql } from "drizzle-orm"
import { ensureCauses } from "#app/models/frowns/cause.server.ts"
import { hashPassword } from "#app/models/people/password.server.ts"
import type { Tx } from "#db/connection.server.ts"
import { causes } from "#db/tables/frowns.ts"
import { agents, mailboxAgents, mailboxes, settings } from "#db/tables/people.ts"
import { type BoxKey, boxes, emailOf, former, type Person, password, team } from "./cast.ts"
import { type Register, registerOf } from "./register.ts"

/** When the demo's desk began. */
const founded = new Date("2010-01-01T08:00:00Z")

/** The demo's people, mailboxes and causes. Who and what is there already stays as it is. */
export async function settle(tx: Tx, now: Date): Promise<Register> {
  // The lock of the first visit: of the two at once, one makes the first admin.
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended('first admin', 0))`)
  const here = await tx.select({ id: agents.id }).from(agents).where(isNull(agents.deactivatedAt))
  await addPeople(tx, here.length === 0)
  await tx.insert(mailboxes).values(boxList).onConflictDoNothing()
  await ensureCauses(tx)
  await tx.insert(settings).values({ key: "desk.name", value: "Harbor", changedAt: now }).onConflictDoNothing()
  const known = await read(tx)
  for (const { id } of here) known.agents.set(keyOf(id), id)
  const rows = answering(
    known,
    here.map(({ id }) => id),
  )
  await tx.insert(mailboxAgents).values(rows).onConflictDoNothing()
  return registerOf(known, { help: addressOf("help"), billing: addressOf("billing") })
}

const boxList = Object.values(boxes).map((box) => ({ ...box, createdAt: founded }))
const addressOf = (key: BoxKey) => ({ name: boxes[key].name, address: boxes[key].address })

/**
 * On a desk that has its people the demo's never run it, and get no password: theirs is known to all. An admin can give
 * any of them one.
 */
async function addPeople(tx: Tx, isNobodyHere: boolean) {
  const passwordHash = isNobodyHere ? await hashPassword(password) : null
  const rows = [...team, ...former].map((person, place) => ({
    email: emailOf(person),
    name: person.name,
    role: place === 0 && isNobodyHere ? ("admin" as const) : person.role,
    loadLimit: person.limit,
    passwordHash: person.left ? null : passwordHash,
    passwordIsPublic: isNobodyHere,
    createdAt: founded,
    deactivatedAt: person.left === null ? null : new Date(`${person.left}T17:00:00Z`),
  }))
  await tx.insert(agents).values(rows).onConflictDoNothing()
}

/** How the demo calls those who were here before it. */
export const keyOf = (id: number) => `#${id}`

type Ids = { agents: Map<string, number>; mailboxes: Map<string, number> }

async function read(tx: Tx) {
  const people: Person[] = [...team, ...former]
  const found = await tx
    .select()
    .from(agents)
    .where(inArray(agents.email, people.map(emailOf)))
  const ids = new Map(found.map(({ email, id }) => [email, id]))
  const placed = await tx.select().from(mailboxes)
  return {
    agents: new Map(people.flatMap((person) => pair(person.key, ids.get(emailOf(person))))),
    mailboxes: new Map(placed.flatMap(({ id, address }) => pair(boxKeyOf(address), id))),
    causes: new Map((await tx.select().from(causes)).map(({ key, id, name }) => [key, { id, name }])),
  }
}

const boxKeyOf = (address: string) =>
  address === boxes.help.address ? "help" : address === boxes.billing.address ? "billing" : null
const pair = (key: string | null, id: number | undefined): [string, number][] =>
  key === null || id === undefined ? [] : [[key, id]]

/** Help is answered by everybody, whoever set the desk up included; billing by two. */
function answering({ agents, mailboxes }: Ids, others: number[]) {
  const [help, billing] = [mailboxes.get("help"), mailboxes.get("billing")]
  const idsOf = (people: Person[]) => people.flatMap(({ key }) => agents.get(key) ?? [])
  const at = (mailboxId: number | undefined, ids: number[]) =>
    mailboxId === undefined ? [] : ids.map((agentId) => ({ mailboxId, agentId }))
  return [...at(help, [...idsOf(team), ...others]), ...at(billing, idsOf(team.filter((person) => person.billing)))]
}

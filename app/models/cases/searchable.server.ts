import { sql } from "drizzle-orm"
import type { Tx } from "#db/connection.server.ts"
import type { Address } from "#db/tables/cases.ts"
import type { Searchable } from "./search-document.ts"

type Head = { number: string; mailboxId: string; subject: string; customer: string | null; people: Address[] }
type Said = { id: string; number: string; kind: string; subject: string; text: string } & Record<
  "to" | "cc",
  Address[]
> & {
    from: Address
  }

/** Longer letters are found by their beginning, and a case longer than that by what was said last. In characters. */
export const longestText = 100_000
export const longestCase = 4_000_000
const atOnce = 20

/** All that is searched in each of these cases. */
export async function searchablesOf(tx: Tx, numbers: number[]): Promise<(Searchable & { number: number })[]> {
  const those = sql`= any(${`{${numbers.join(",")}}`}::bigint[])`
  const heads = await tx.execute<Head>(sql`
    select c.number, c.mailbox_id as "mailboxId", c.subject, u.name as customer,
           (select coalesce(json_agg(json_build_object('name', p.name, 'address', p.address)), '[]')
              from participants p where p.case_number = c.number) as people
      from cases c left join customers u on u.id = c.customer_id where c.number ${those} order by c.number`)
  const notes = await tx.execute<{ number: string; text: string }>(
    sql`select case_number as number, body as text from notes where case_number ${those} order by id`,
  )
  const files = await tx.execute<{ number: string; text: string }>(sql`
    select m.case_number as number, a.filename as text from messages m join attachments a on a.message_id = m.id
     where m.case_number ${those} order by a.id`)
  const ours = new Set(
    (await tx.execute<{ address: string }>(sql`select address from mailboxes`)).map(({ address }) => address),
  )
  const said = await everythingSaid(tx, numbers)
  const [notesOf, filesOf, saidIn] = [byCase(notes), byCase(files), byCase(said)]
  return heads.map(({ number, mailboxId, subject, customer, people }) => {
    const messages = saidIn.get(number) ?? []
    const texts = (rows: readonly { text: string }[] | undefined) => (rows ?? []).map(({ text }) => text)
    return {
      ...{ number: Number(number), mailboxId: Number(mailboxId), subject, messages },
      ...{ notes: texts(notesOf.get(number)), files: texts(filesOf.get(number)) },
      ...peopleOf({ customer, people, messages }, ours),
    }
  })
}

function byCase<T extends { number: string }>(rows: readonly T[]): ReadonlyMap<string, T[]> {
  const found = new Map<string, T[]>()
  for (const row of rows) {
    const those = found.get(row.number)
    if (those) those.push(row)
    else found.set(row.number, [row])
  }
  return found
}

type Named = { customer: string | null; people: readonly Address[]; messages: readonly Said[] }

/** Our own addresses stand in every case, and say nothing. */
function peopleOf({ customer, people, messages }: Named, ours: ReadonlySet<string>) {
  const theirs = (all: readonly Address[]) => {
    const known = new Map(all.map((one) => [`${one.address} ${one.name}`, one]))
    return [...known.values()].filter(({ address }) => !ours.has(address))
  }
  const senders = messages.filter(({ kind }) => kind === "email").map(({ from }) => from)
  return {
    from: theirs([...(customer ? [{ name: customer, address: "" }] : []), ...people, ...senders]),
    to: theirs(messages.flatMap(({ to }) => to)),
    cc: theirs(messages.flatMap(({ cc }) => cc)),
  }
}

/** A few at a time, for each may be long. Of more than a case's fill the oldest give their people and subjects only. */
async function everythingSaid(tx: Tx, numbers: readonly number[]): Promise<Said[]> {
  const sized = await tx.execute<{ id: string; isIn: boolean }>(sql`
    select id, sum(least(length(new_text), ${longestText})) over (partition by case_number order by id desc)
               <= ${longestCase} as "isIn"
      from messages where case_number = any(${`{${numbers.join(",")}}`}::bigint[]) order by case_number, id`)
  const all: Said[] = []
  for (let from = 0; from < sized.length; from += atOnce) {
    const some = sized.slice(from, from + atOnce)
    const whole = some.filter(({ isIn }) => isIn)
    const [ids, wholeIds] = [some, whole].map((those) => `{${those.map(({ id }) => id).join(",")}}`)
    all.push(
      ...(await tx.execute<Said>(sql`
        select id, case_number as number, kind, subject, "from", "to", cc,
               case when id = any(${wholeIds}::bigint[]) then left(new_text, ${longestText}) else '' end as text
          from messages where id = any(${ids}::bigint[]) order by case_number, id`)),
    )
  }
  return all
}

import { sql } from "drizzle-orm"
import type { Tx } from "#db/connection.server.ts"
import type { Email } from "#emails/incoming/email.ts"
import { readOurMessageId } from "#emails/signed.server.ts"
import { secretKey } from "../people/secret.server.ts"
import { copiesOf } from "./participants.ts"
import { storedId, threadNames } from "./threading.ts"

type Name = { by: "its answer" | "same thread"; missing: string; people: string[] }

/**
 * By what nothing here bore so far: messages that answer this very mail and came before it, and those that answer what
 * it answers. Only in a case of its sender; or, where the mail was answered, of somebody it was written to.
 */
export function missingNames(email: Email, sender: string | null): Name[] {
  const own = sender === null ? [] : [sender]
  const mates = threadNames(email, isOurs).map(
    (id): Name => ({ by: "same thread", missing: storedId(id), people: own }),
  )
  if (!email.messageId) return mates
  const named = copiesOf(email, () => false, sender).map(({ address }) => address)
  return [{ by: "its answer", missing: storedId(email.messageId), people: [...own, ...named] }, ...mates]
}

const isOurs = (id: string) => readOurMessageId(id, secretKey("message id")) !== null

/** Keeps which of the ids a message answers are nobody's here, once a case: by them the rest of its thread finds it. */
export async function noteMissing(tx: Tx, email: Email, caseNumber: number, messageId: number) {
  const names = threadNames(email, isOurs).map(storedId)
  if (names.length === 0) return
  await tx.execute(sql`
    insert into missing_parents (rfc_message_id, message_id)
    select named.id, ${messageId} from jsonb_array_elements_text(${JSON.stringify(names)}::jsonb) as named(id)
     where not exists (select from messages m where m.rfc_message_id = named.id)
       and not exists (select from missing_parents t join messages m on m.id = t.message_id
                        where t.rfc_message_id = named.id and m.case_number = ${caseNumber})`)
}

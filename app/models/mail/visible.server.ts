import { and, inArray, isNull, or, type SQL, sql } from "drizzle-orm"
import { mailReceived, mailToSend } from "#db/tables/mail.ts"
import { filedVisiblyTo, inMailboxesOf } from "../cases/visible.server.ts"
import { isAtLeast, type Viewer } from "../people/agent.ts"

/** Mail of ours the viewer may read: what their mailboxes sent. What the desk tells its leads is for those who lead. */
export function sentVisibleTo(viewer: Viewer): SQL | undefined {
  const { mailboxId, caseNumber, kind } = mailToSend
  const isFiledVisibly = or(isNull(caseNumber), filedVisiblyTo(viewer, caseNumber))
  const toCustomers = isAtLeast(viewer, "lead") ? undefined : inArray(kind, ["reply", "acknowledgement"])
  return and(inMailboxesOf(viewer, mailboxId), isFiledVisibly, toCustomers)
}

/**
 * Rows of the ledger, for those who lead: by the case a mail is filed in, else the mailbox it came to, else, while it
 * has not been read, whom it was sent to. What came to no mailbox at all is for those who answer every one.
 */
export function receivedVisibleTo(viewer: Viewer): SQL | undefined {
  if (!isAtLeast(viewer, "lead")) return sql`false`
  const { mailboxId, caseNumber, envelopeTo } = mailReceived
  const answersAll = sql`not exists (select from mailboxes m where not ${inMailboxesOf(viewer, sql`m.id`)})`
  const sentTo = sql`exists (
    select from mailboxes m, jsonb_array_elements_text(${envelopeTo}) recipient
     where ${inMailboxesOf(viewer, sql`m.id`)}
       and m.address in (lower(recipient), lower(regexp_replace(recipient, '[+][^@]*@', '@'))))`
  return or(
    answersAll,
    filedVisiblyTo(viewer, caseNumber),
    and(isNull(caseNumber), inMailboxesOf(viewer, mailboxId)),
    and(isNull(caseNumber), isNull(mailboxId), sentTo),
  )
}

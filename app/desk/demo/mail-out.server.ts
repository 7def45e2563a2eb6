import { secretKey } from "#app/models/people/secret.server.ts"
import { hashToken, makeToken } from "#app/models/ratings/token.server.ts"
import { ratingLinks } from "#app/models/ratings/token.ts"
import { composeReply } from "#emails/outgoing/compose.server.ts"
import { referencesOf } from "#emails/outgoing/headers.ts"
import { marker, ourMessageId, replyAddress, returnPath } from "#emails/signed.server.ts"
import { boxes, domain } from "./cast.ts"
import { sentAfter } from "./press.ts"
import type { Register } from "./register.ts"
import { type Placed, parties } from "./rows.ts"
import type { Sheets } from "./sheets.ts"

type Said = Placed["messages"][number]
type Desk = { register: Register; baseUrl: string; timeZone: string; nameOf: (key: string) => string }

/**
 * Puts a reply of these days under Sent mail. It was kept, for nothing of a demo ever leaves; its links can be pressed,
 * so its token is a real one.
 */
export async function mailOut(sheets: Sheets, placed: Placed, said: Said, mailId: number, desk: Desk) {
  const { story, number: caseNumber } = placed
  const rfcMessageId = ourMessageId(mailId, domain, secretKey("message id"))
  const { before, ...thread } = threadOf(sheets, placed, said)
  const row = sheets.messages.find(({ id }) => id === said.id)
  Object.assign(row ?? {}, { rfcMessageId, ...thread })
  const from = desk.register.address(story.mailbox)
  const to = parties(story).customer
  const head = { messageId: rfcMessageId, ...thread, from, to: [to], cc: [], subject: row?.subject ?? story.subject }
  const rendered = await composeReply({
    ...{ ...head, date: said.said.at, text: said.said.text },
    replyTo: replyAddress(from.address, caseNumber, secretKey("reply address")),
    signature: `${desk.nameOf(said.said.by ?? "")}\n${boxes[story.mailbox].signature}`,
    faces: linksOf(sheets, said.id, desk.baseUrl),
    quote: before && { name: to.name, at: before.at, timeZone: desk.timeZone, text: before.newText ?? "" },
    marker: marker(caseNumber, secretKey("reply address")),
  })
  const keptAt = sentAfter(said.said.at)
  sheets.mailToSend.push({
    ...{
      id: mailId,
      kind: "reply",
      messageId: said.id,
      caseNumber,
      rfcMessageId,
      from,
      subject: head.subject,
      rendered,
    },
    ...{
      mailboxId: desk.register.mailbox(story.mailbox),
      writtenAt: said.said.at,
      dueAt: keptAt,
      undoUntil: keptAt,
      keptAt,
    },
    envelopeFrom: returnPath(from.address, mailId, secretKey("reply address")),
    attempts: 1,
  })
  sheets.mailRecipients.push({ mailId, address: to.address, as: "to" })
}

function threadOf(sheets: Sheets, { number }: Placed, said: Said) {
  const earlier = sheets.messages.filter(({ caseNumber, id = 0 }) => caseNumber === number && id < said.id)
  const before = earlier.findLast(({ kind }) => kind === "email") ?? null
  const inReplyTo = before?.rfcMessageId ?? null
  const references = referencesOf(`<case.${number}@${domain}>`, inReplyTo ? { references: [], id: inReplyTo } : null)
  return { before, inReplyTo, references }
}

/** The token is written nowhere but here, into the mail. */
function linksOf(sheets: Sheets, replyId: number, baseUrl: string) {
  const request = sheets.requests.find((row) => row.replyId === replyId)
  if (!request) return null
  const token = makeToken()
  request.tokenHash = hashToken(token)
  return ratingLinks(baseUrl, token)
}

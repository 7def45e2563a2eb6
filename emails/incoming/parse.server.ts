import { machineOf } from "./automatic.ts"
import { bodyOf } from "./body.ts"
import { type Straight, straighten } from "./bytes.server.ts"
import { guess } from "./charset.server.ts"
import type { Email } from "./email.ts"
import { addressesOf, dateOf, type Field, headersOf, idOf, idsOf, rawOf, readFields } from "./head.server.ts"
import { mostParts, type Split, splitParts } from "./parts.server.ts"
import { secondOpinion } from "./second-opinion.server.ts"
import { pgLine, pgText } from "./text.ts"
import { newTextOf } from "./trim.ts"
import { decodeWords } from "./words.server.ts"

/** RFC 5322 mail as it comes, however broken: what can be read, and in `trouble` why the rest could not. Never throws. */
export async function readEmail(raw: Buffer): Promise<Email> {
  const mail = straighten(raw)
  const fields = readFields(mail.head)
  const { split, trouble } = await read(mail)
  const body = bodyOf(split.parts)
  const text = body.text === "" && split.parts.length === 0 ? bareText(mail) : body.text
  return compose(fields, { ...body, text }, mail.trouble ?? trouble)
}

type Read = { split: Split; trouble: string | null }

/** mailparser; what it found when a limit stopped it; another parser when it choked; the header alone when both did. */
async function read({ head, body }: Straight): Promise<Read> {
  const mail = Buffer.concat([head, Buffer.from("\r\n"), body])
  const first = await splitParts(mail)
  if (!first.problem) return { split: first, trouble: null }
  if (first.parts.length > 0)
    return { split: first, trouble: `Only its beginning could be read: ${first.problem.message}.` }
  const second = await secondOpinion(mail)
  if (!second.problem) return withinLimits(second)
  return { split: first, trouble: `Only its header could be read: ${first.problem.message}.` }
}

/** The other parser counts no parts; a mail of thousands is a weapon, and its original lies beside it (mail.md 3.10). */
function withinLimits({ parts }: Split): Read {
  const trouble = parts.length > mostParts ? `Only its first ${mostParts} parts were read.` : null
  return { split: { parts: parts.slice(0, mostParts), problem: null }, trouble }
}

/** The body of a mail whose declared parts are nowhere to be found: people wrote it, so it is shown. */
function bareText({ body }: Straight) {
  return pgText(guess(body.subarray(0, 1024 * 1024))).trim()
}

function compose(fields: Field[], body: Pick<Email, "text" | "html" | "attachments">, trouble: string | null): Email {
  const headers = headersOf(fields)
  const from = addressesOf(fields, "from")
  const subject = pgLine(decodeWords(rawOf(fields, "subject"))).slice(0, 998)
  const { text, html, attachments } = body
  return {
    from,
    to: addressesOf(fields, "to"),
    cc: addressesOf(fields, "cc"),
    replyTo: addressesOf(fields, "reply-to"),
    subject,
    messageId: idOf(rawOf(fields, "message-id")),
    inReplyTo: idsOf(rawOf(fields, "in-reply-to"), 1000)[0] ?? null,
    references: idsOf(rawOf(fields, "references"), 50),
    date: dateOf(rawOf(fields, "date")),
    text,
    newText: newTextOf(text),
    html,
    attachments,
    headers,
    lines: linesOf(fields),
    machine: machineOf({ headers, from, subject, text, attachments, envelopeFrom: null }),
    marks: [],
    trouble,
  }
}

/** As far as servers on the way may have written; the rest of a monstrous header says nothing about them. */
const linesOf = (fields: Field[]) =>
  fields.slice(0, 200).map(({ name, value }) => ({ name, value: pgText(value.slice(0, 4000)) }))

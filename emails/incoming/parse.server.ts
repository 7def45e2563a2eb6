import { machineOf } from "./automatic.ts"
import { bodyOf, type Part } from "./body.ts"
import { affordable, noBody, type ReadBody } from "./body-limits.ts"
import { type Straight, straighten } from "./bytes.server.ts"
import { guess } from "./charset.server.ts"
import type { Address, Email } from "./email.ts"
import {
  addressesOf,
  dateOf,
  type Field,
  headersOf,
  idOf,
  idsOf,
  mostAddresses,
  rawOf,
  readFields,
} from "./head.server.ts"
import { headOfBody, splitParts } from "./parts.server.ts"
import { withSubject } from "./protected-subject.ts"
import { secondOpinion } from "./second-opinion.server.ts"
import { opaqueIn } from "./smime.server.ts"
import { mostParts, soundBody } from "./structure.server.ts"
import { pgLine, pgText } from "./text.ts"
import { unwrap } from "./unwrap.ts"
import { decodeWords, rawInUtf8 } from "./words.server.ts"

/** Of one header line, folding undone. */
const longestField = 128 * 1024

/** RFC 5322 mail as it comes, however broken: what can be read, and in `trouble` why the rest could not. Never throws. */
export async function readEmail(raw: Buffer): Promise<Email> {
  try {
    return await readWhole(raw)
  } catch (error) {
    // A bug in one of the readers below must not cost a customer's mail: its header and the original are kept.
    return readHead(raw, `Only its header could be read: ${wordsOf(error)}.`)
  }
}

/** The header alone, for a mail whose body nothing can be made of. */
export function readHead(raw: Buffer, trouble: string): Email {
  const { fields, troubles } = fieldsOf(straighten(raw))
  return compose(fields, noBody, [trouble, ...troubles])
}

async function readWhole(raw: Buffer): Promise<Email> {
  const mail = straighten(raw)
  const { fields, troubles } = fieldsOf(mail)
  const { parts, subject, trouble } = await partsIn(mail, fields)
  const unsealed = await unseal(parts)
  const opened = unwrap(unsealed.parts)
  const found = bodyOf(opened.parts)
  const text = found.text === "" && parts.length === 0 ? bareText(mail) : found.text
  const { body, troubles: left } = affordable({ ...found, text })
  return {
    ...compose(withSubject(fields, subject || unsealed.subject), body, [...troubles, trouble, ...left]),
    marks: [...opened.marks, sealMarks(parts)].flat(),
  }
}

type Opened = { parts: Part[]; subject: string }
type Read = Opened & { trouble: string | null }

async function partsIn(mail: Straight, fields: Field[]): Promise<Read> {
  const declared = { type: rawOf(fields, "content-type"), disposition: rawOf(fields, "content-disposition") }
  const sound = soundBody(mail.body, declared)
  const read = await readParts(headOfBody(fields), sound.body)
  return { ...read, trouble: sound.trouble ?? read.trouble }
}

/** What lies inside an S/MIME envelope that anybody can open, in front of the envelope; once, not envelopes in envelopes. */
async function unseal(parts: Part[]): Promise<Opened> {
  const content = opaqueIn(parts)?.content
  if (!content) return { parts, subject: "" }
  const mail = straighten(content)
  const fields = readFields(mail.head)
  const inner = await partsIn(mail, fields)
  const envelope = parts.map((part) => ({ ...part, disposition: "attachment" }))
  return { parts: [...inner.parts, ...envelope], subject: inner.subject || rawOf(fields, "subject") }
}

const sealMarks = (parts: readonly Part[]) => opaqueIn(parts)?.mark ?? []

function fieldsOf({ head, trouble }: Straight) {
  const fields = readFields(head)
  const isLong = ({ value }: Field) => value.length > longestField
  const words = fields.some(isLong) ? "A header line is longer than 128 KB; only its beginning was read." : null
  const short = words ? fields.map((field) => ({ ...field, value: field.value.slice(0, longestField) })) : fields
  return { fields: inDeclaredCharset(short), troubles: [trouble, words] }
}

/** Raw letters in a header are most likely in the charset of the text below it. */
function inDeclaredCharset(fields: Field[]) {
  const [, charset = ""] =
    /;\s*charset\s*=\s*["']?([\w.:-]{1,40})/i.exec(rawOf(fields, "content-type").slice(0, 1000)) ?? []
  return charset === "" ? fields : fields.map(({ name, value }) => ({ name, value: rawInUtf8(value, charset) }))
}

/** mailparser; what it found when something stopped it; another parser when it choked; nothing when both did. */
async function readParts(head: Buffer, body: Buffer): Promise<Read> {
  const first = await splitParts(head, body)
  if (!first.problem) return { ...first, trouble: null }
  if (first.parts.length > 0)
    return { ...first, trouble: `Only its beginning could be read: ${first.problem.message}.` }
  const second = await secondOpinion(Buffer.concat([head, body]))
  if (!second.problem) return { ...second, parts: second.parts.slice(0, mostParts), trouble: null }
  return { parts: [], subject: "", trouble: `Only its header could be read: ${first.problem.message}.` }
}

/** The body of a mail whose declared parts are nowhere to be found: people wrote it, so it is shown. */
function bareText({ body }: Straight) {
  return pgText(guess(body.subarray(0, 1024 * 1024), "")).trim()
}

const troubleOf = (...lists: Address[][]) =>
  lists.some(({ length }) => length >= mostAddresses)
    ? `It names ${mostAddresses} addresses or more; only so many were read.`
    : null

const wordsOf = (error: unknown) => (error instanceof Error ? error.message : String(error)).slice(0, 200)

function compose(fields: Field[], body: ReadBody, troubles: (string | null)[]): Email {
  const headers = headersOf(fields)
  const [from = [], to = [], cc = []] = ["from", "to", "cc"].map((name) => addressesOf(fields, name))
  const subject = pgLine(decodeWords(rawOf(fields, "subject"))).slice(0, 998)
  return {
    from,
    to,
    cc,
    replyTo: addressesOf(fields, "reply-to"),
    subject,
    messageId: idOf(rawOf(fields, "message-id")),
    inReplyTo: idsOf(rawOf(fields, "in-reply-to"), 1000)[0] ?? null,
    references: idsOf(rawOf(fields, "references"), 50),
    date: dateOf(rawOf(fields, "date")),
    ...body,
    headers,
    lines: linesOf(fields),
    machine: machineOf({ ...body, headers, from, subject, envelopeFrom: null }),
    marks: [],
    trouble: pgLine([...troubles, troubleOf(from, to, cc)].filter((words) => words !== null).join(" ")) || null,
  }
}

/** As far as servers on the way may have written; the rest of a monstrous header says nothing about them. */
const linesOf = (fields: Field[]) =>
  fields.slice(0, 200).map(({ name, value }) => ({ name, value: pgText(value.slice(0, 4000)) }))

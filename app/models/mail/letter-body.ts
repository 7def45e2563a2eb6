import { z } from "zod"
import { AttachmentGiven } from "#app/api/letter.ts"
import { filesOf } from "#app/form.ts"
import { asAsked, jsonOf } from "../people/json-body.ts"
import { problem } from "../people/problem.ts"

type GivenFile = { name: string; type: string; bytes: Buffer }

/**
 * What an API call writes to a customer, with its files: JSON with `attachments`, or a form (multipart/form-data) of the
 * same names with the files in `files`. What is wrong with it is thrown as a 400 problem.
 */
export async function letterBody<S extends z.ZodRawShape>(request: Request, shape: S) {
  if (request.headers.get("content-type")?.toLowerCase().startsWith("multipart/form-data")) {
    const form = await formBody(request)
    return { said: asAsked(fieldsOf(form), z.object(shape)), files: await filesOf(form, "files") }
  }
  const body = await jsonOf(request)
  const { attachments } = asAsked(body, z.object({ attachments: z.array(AttachmentGiven).default([]) }))
  return { said: asAsked(body, z.object(shape)), files: attachments.map(fileOf) }
}

async function formBody(request: Request): Promise<FormData> {
  try {
    return await request.formData()
  } catch {
    // A form that ends early or has no boundary is the caller's mistake, as broken JSON is.
    throw problem(400, "Bad request", "The body is not a whole form (multipart/form-data)")
  }
}

/** A form knows words only: yes, no and numbers are written as in JSON. */
function fieldsOf(form: FormData): Record<string, unknown> {
  if (form.getAll("files").some((value) => typeof value === "string"))
    throw problem(400, "Bad request", "files: a file is sent with its filename")
  const fields = [...form].flatMap(([name, value]) => (typeof value === "string" ? [[name, value] as const] : []))
  return Object.fromEntries(fields.map(([name, value]) => [name, readValue(name, value.replaceAll("\0", ""))]))
}

const readValue = (name: string, text: string) =>
  !words.includes(name) && /^(true|false|null|\d{1,15})$/.test(text) ? JSON.parse(text) : text

/** Fields that are words whatever they look like: a text may well be "42". */
const words = ["agent", "mailbox", "to", "subject", "text"]

function fileOf({ filename, contentType, content }: z.infer<typeof AttachmentGiven>, place: number): GivenFile {
  const packed = content.replace(/\s+/g, "").replace(/={1,2}$/, "")
  const bytes = Buffer.from(packed, "base64")
  // What is no base64 is passed over by the decoder, so fewer bytes come out than the length promises.
  if (bytes.length !== Math.floor((packed.length * 3) / 4))
    throw problem(400, "Bad request", `attachments.${place}.content: is not base64`)
  return { name: filename, type: contentType, bytes }
}

import { createHash, createHmac } from "node:crypto"
import { secretKey } from "./models/people/secret.server.ts"
import type { SignedIn } from "./models/people/session.server.ts"
import { freshAdminForm } from "./models/people/step-up.server.ts"

/** What a form says of the page it stood on, which may be newer when the same press is made again. */
const ofThePage = new Set(["opId", "seenMessageId", "seenNoteId", "expected", "next", "back"])

/** The form that was sent, and whoever sent it with what tells this press of theirs from every other. */
export async function pressForm(request: Request, viewer: SignedIn): Promise<{ by: SignedIn; form: FormData }> {
  return pressOf(request, viewer, await request.formData())
}

/** The same of an admin, whose password is asked for again when they typed it long ago. */
export async function freshPressForm(request: Request): Promise<{ by: SignedIn; form: FormData }> {
  const { viewer, form } = await freshAdminForm(request)
  return pressOf(request, viewer, form)
}

async function pressOf(request: Request, viewer: SignedIn, form: FormData) {
  return { by: { ...viewer, opId: await opIdOf(new URL(request.url).pathname, form) }, form }
}

/**
 * The form's own id, where it was sent, and what was typed or chosen: somebody who goes back, writes other words and
 * sends those has pressed anew, and loses none of them.
 */
async function opIdOf(path: string, form: FormData): Promise<string | null> {
  const opId = form.get("opId")
  if (typeof opId !== "string" || opId === "") return null
  // Under a key of the desk's own: what was typed may be a password, and a plain digest of one can be guessed.
  const said = createHmac("sha256", secretKey("press")).update(path)
  for (const [name, value] of form) {
    if (ofThePage.has(name)) continue
    said.update(JSON.stringify([name, typeof value === "string" ? value : [value.name, await digestOf(value)]]))
  }
  return `${opId.slice(0, 100)} ${said.digest("base64url").slice(0, 22)}`
}

const digestOf = async (file: File) =>
  createHash("sha256")
    .update(Buffer.from(await file.arrayBuffer()))
    .digest("hex")

import { createHash, createHmac } from "node:crypto"
import { refuseOthersPage } from "./models/people/page-owner.server.ts"
import { secretKey } from "./models/people/secret.server.ts"
import type { SignedIn } from "./models/people/session.server.ts"
import { freshAdminForm } from "./models/people/step-up.server.ts"

/** What a form says of the page it stood on, which may be newer when the same press is made again. */
const ofThePage = new Set(["opId", "seenMessageId", "seenNoteId", "seenMergeId", "expected", "next", "back"])

/** The form that was sent, and whoever sent it with what tells this press of theirs from every other. */
export async function pressForm(request: Request, viewer: SignedIn): Promise<{ by: SignedIn; form: FormData }> {
  const form = await request.formData()
  return { by: await pressedBy(request, viewer, form), form }
}

/** The same of an admin who typed the password lately; what was sent before they did is their press. */
export async function freshPressForm(request: Request) {
  const { viewer, form } = await freshAdminForm(request)
  return { viewer, by: await pressedBy(request, viewer, form), form }
}

async function pressedBy(request: Request, viewer: SignedIn, form: FormData): Promise<SignedIn> {
  refuseOthersPage(viewer, form)
  return { ...viewer, opId: await opIdOf(new URL(request.url).pathname, form) }
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

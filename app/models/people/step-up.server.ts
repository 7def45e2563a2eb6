import { redirect } from "@remix-run/node"
import { deskNow } from "#app/clock.server.ts"
import { textOf } from "#app/form.ts"
import { keepForm, keptForm } from "./kept-form.server.ts"
import { atLeast, pageOf, proofPage, requireSession, type SignedIn } from "./session.server.ts"

/**
 * An admin's press by which somebody who found their browser open, or stole its cookie, could stay: who gets in, where
 * mail comes from and goes, what is signed and believed. When the password was typed over ten minutes ago it is asked
 * for again; what was sent waits meanwhile, and comes back here once that is done.
 */
export async function freshAdminForm(request: Request): Promise<{ viewer: SignedIn; form: FormData }> {
  const session = await requireSession(request)
  const viewer = atLeast(session.viewer, "admin")
  const [form, path, now] = [await request.formData(), pathOf(request), deskNow()]
  const id = textOf(form, "keptForm")
  if (!session.isFresh) {
    const kept = id === "" ? await keepForm(session.tokenHash, path, form, now) : id
    throw redirect(proofPage(pageOf(request), kept))
  }
  if (id === "") return { viewer, form }
  const before = await keptForm(session.tokenHash, path, id, now)
  // Used up or too old: they see the page as it is, and press again.
  if (before === null) throw redirect(pageOf(request))
  return { viewer, form: before }
}

/** The path a press went to, `?index` included; not what Remix adds when a script sends it. */
function pathOf(request: Request) {
  const url = new URL(request.url)
  url.searchParams.delete("_data")
  return url.pathname + url.search
}

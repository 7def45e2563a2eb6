import latin from "@fontsource-variable/source-sans-3/files/source-sans-3-latin-wght-normal.woff2?url"
import type { LoaderFunctionArgs } from "@remix-run/node"
import { framePage, framePolicy } from "#app/components/case/frame-page.ts"
import { caseNumber } from "#app/components/case/number.ts"
import { schemeOf } from "#app/components/scheme.ts"
import { pageFor, textFor } from "#app/models/cases/message-page.server.ts"
import { requireViewer } from "#app/models/people/session.server.ts"

/** The HTML of one message as a page of its own, which may do nothing at all; with `?text` its whole text. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const viewer = await requireViewer(request)
  const url = new URL(request.url)
  const images = url.searchParams.has("images") ? "all" : "own"
  const id = caseNumber(params.messageId)
  const mail = url.searchParams.has("text") ? await textFor(viewer, id) : await pageFor(viewer, id)
  if (!mail) throw new Response("There is no such message.", { status: 404 })
  const scheme = schemeOf(request.headers.get("cookie"))
  return new Response(framePage(mail, { scheme, font: latin, images }), {
    headers: {
      "Content-Type": "text/html; charset=utf-8",
      "Content-Security-Policy": framePolicy(url.host, images),
      "X-Content-Type-Options": "nosniff",
      "Referrer-Policy": "no-referrer",
      "Cache-Control": "private, no-store",
    },
  })
}

import type { LoaderFunctionArgs } from "@remix-run/node"
import { framePolicy } from "#app/components/case/frame-page.ts"
import { caseNumber as idIn } from "#app/components/case/number.ts"
import { sentHtml } from "#app/models/mail/sent-mail.server.ts"
import { requireViewer } from "#app/models/people/session.server.ts"

/** The HTML part of a mail of ours, whole, in a frame that may run nothing. Its links open beside it. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const viewer = await requireViewer(request)
  const html = await sentHtml(viewer, idIn(params.mailId))
  if (html === null) throw new Response("There is no such mail in your mailboxes.", { status: 404 })
  return new Response(html.replace("<head>", '<head><base target="_blank">'), {
    headers: {
      "Content-Type": "text/html; charset=utf-8",
      "Content-Security-Policy": framePolicy(new URL(request.url).host, "own"),
      "X-Content-Type-Options": "nosniff",
      "Referrer-Policy": "no-referrer",
      "Cache-Control": "private, no-store",
    },
  })
}

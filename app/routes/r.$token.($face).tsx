import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node"
import { deskNow } from "#app/clock.server.ts"
import { type Ask, AskPage, WordsPage } from "#app/components/rating-page.tsx"
import type { Face } from "#app/models/ratings/face.ts"
import { noteLanding } from "#app/models/ratings/landing.server.ts"
import { mintNonce } from "#app/models/ratings/nonce.server.ts"
import { type Pressed, type Presser, press } from "#app/models/ratings/press.server.ts"
import type { Because } from "#app/models/ratings/press.ts"
import { readerOf } from "#app/models/ratings/reader.server.ts"
import { faceFrom, tokenFrom } from "#app/models/ratings/token.ts"
import * as door from "#app/rating-door.server.tsx"

/** Opening a link records nothing: mail scanners open every link there is, and some run the page's script (R0). */
export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const now = deskNow()
  const opened = await door.openedLink(request, params.token, now)
  if (opened instanceof Response) return opened
  const [visitor, chosen] = [door.visitorOf(request, context), faceFrom(params.face)]
  if (door.isLookedAt(request) && !(await door.landsTooOften(visitor)))
    await noteLanding(opened.requestId, chosen, visitor, now)
  return askPage(request, { ...opened, chosen, comment: "", notice: null }, now, {})
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const now = deskNow()
  const presser = await door.presserOf(request, context, now)
  if (await door.pressesTooOften(presser)) return door.tooMany(request)
  const form = await pressFrom(request)
  const token = tokenFrom(params.token)
  const pressed = token && form.face ? await press(token, { ...form, face: form.face }, presser, now) : null
  if (presser.isCrossSite) return door.crossSite(request)
  if (!form.face) return unchosen(request, params.token, form.comment, now)
  if (!token || !pressed || pressed === "unknown") return door.nowhere(request)
  if (pressed === "too many") return door.tooMany(request)
  return afterPress(request, { token, pressed, presser, comment: form.comment })
}

/** Read as a plain form and nothing else: every field is text, whatever is sent. */
async function pressFrom(request: Request) {
  const form = new URLSearchParams(await request.text())
  return {
    face: faceFrom(form.get("choice") ?? undefined),
    nonce: form.get("n") ?? "",
    comment: form.get("comment") ?? "",
    honeypot: form.get("hp") ?? "",
    withScript: form.get("js") === "1",
    withGesture: form.get("g") === "1",
  }
}

type After = { token: string; pressed: Pressed; presser: Presser; comment: string }

async function afterPress(request: Request, { token, pressed, presser, comment }: After) {
  const { status, because, face, nonce, requestId } = pressed
  if (because === "revoked") return door.nowhere(request)
  if (because === "expired") return door.expired(request)
  if (because === "preview") return previewPage(request, token, face)
  const cookie = door.lineageCookie(request, presser.lineage)
  if (status === "accepted")
    // The signed page goes along for a browser without cookies, which could not change its mind otherwise.
    return new Response(null, {
      status: 303,
      headers: { Location: `/r/${token}/thanks?n=${nonce}`, "Cache-Control": "no-store", ...cookie },
    })
  const ask = { token, nonce, chosen: face, comment, notice: notices[because] ?? again, dir: await readerOf(requestId) }
  const answer = status === "rejected" ? { status: 400 } : { headers: cookie }
  return door.ratingPage(request, (sheet) => <AskPage sheet={sheet} ask={ask} />, answer)
}

const again = "Tap once more to confirm."
const wait = "so nothing counts yet. Wait two minutes, then press again."

const notices: Partial<Record<Because, string>> = {
  "no page": "This page did not come back whole, so nothing was recorded. Press once more.",
  honeypot: "That did not look like a press, so nothing was recorded. Press once more.",
  sweep: `All three links were opened at nearly the same time, ${wait}`,
  contest: `Two different answers came in at nearly the same time, ${wait}`,
}

async function unchosen(request: Request, text: string | undefined, comment: string, now: Date) {
  const opened = await door.openedLink(request, text, now)
  if (opened instanceof Response) return opened
  const ask = { ...opened, chosen: null, comment, notice: "Choose one of the three." }
  return askPage(request, ask, now, { status: 422 })
}

type Asking = Omit<Ask, "nonce" | "dir"> & { requestId: number }

async function askPage(request: Request, { requestId, ...asking }: Asking, now: Date, answer: door.Answer) {
  const dir = await readerOf(requestId)
  const nonce = mintNonce({ requestId, landedOn: asking.chosen, lineageHash: null }, now)
  return door.ratingPage(request, (sheet) => <AskPage sheet={sheet} ask={{ ...asking, nonce, dir }} />, answer)
}

function previewPage(request: Request, token: string, face: Face) {
  const link = `${new URL(request.url).origin}/r/${token}/${face}`
  return door.ratingPage(
    request,
    (sheet) => (
      <WordsPage sheet={sheet} title="Preview, not recorded">
        <p>You are signed in to the desk. To press as the customer would, open this link in a private window.</p>
        <input className="copy" readOnly aria-label="The link" value={link} />
      </WordsPage>
    ),
    {},
  )
}

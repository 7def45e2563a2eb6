import { type LoaderFunctionArgs, redirect } from "@remix-run/node"
import { deskNow } from "#app/clock.server.ts"
import { ThanksPage } from "#app/components/rating-page.tsx"
import { recordedFor } from "#app/models/ratings/landing.server.ts"
import { mintNonce, readNonce } from "#app/models/ratings/nonce.server.ts"
import { readerOf } from "#app/models/ratings/reader.server.ts"
import * as door from "#app/rating-door.server.tsx"

/** What was recorded, and room to change it. Only whoever was sent here by their own press changes it as the same person. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const now = deskNow()
  const opened = await door.openedLink(request, params.token, now)
  if (opened instanceof Response) return opened
  const { token, requestId } = opened
  const recorded = await recordedFor(requestId)
  if (!recorded) return redirect(`/r/${token}`)
  const mine = readNonce(new URL(request.url).searchParams.get("n") ?? "", requestId)
  const nonce = mintNonce({ requestId, landedOn: null, lineageHash: mine?.lineageHash ?? null }, now)
  const thanks = { token, nonce, dir: await readerOf(requestId), ...recorded }
  return door.ratingPage(request, (sheet) => <ThanksPage sheet={sheet} thanks={thanks} />, {})
}

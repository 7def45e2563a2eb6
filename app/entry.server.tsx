import { PassThrough } from "node:stream"
import { type AppLoadContext, createReadableStreamFromReadable, type EntryContext } from "@remix-run/node"
import { RemixServer } from "@remix-run/react"
import { isbot } from "isbot"
import { renderToPipeableStream } from "react-dom/server"
import { log } from "./log.server.ts"
import { NonceContext } from "./nonce.ts"

const streamTimeout = 6000

/** A page as a stream; a browser gets it as it is made, a crawler when it is whole. */
export default function handleRequest(
  request: Request,
  status: number,
  headers: Headers,
  remix: EntryContext,
  context: AppLoadContext,
) {
  const nonce = typeof context.nonce === "string" ? context.nonce : undefined
  const ready = isbot(request.headers.get("user-agent") ?? "") ? "onAllReady" : "onShellReady"
  return new Promise<Response>((resolve, reject) => {
    let started = false
    let answered = status
    const { pipe, abort } = renderToPipeableStream(
      <NonceContext.Provider value={nonce}>
        <RemixServer context={remix} url={request.url} {...(nonce ? { nonce } : {})} />
      </NonceContext.Provider>,
      {
        ...(nonce ? { nonce } : {}),
        [ready]() {
          started = true
          const body = new PassThrough()
          headers.set("Content-Type", "text/html; charset=utf-8")
          resolve(new Response(createReadableStreamFromReadable(body), { headers, status: answered }))
          // Without this the timer holds every rendered tree for its six seconds: twice the memory under load.
          body.on("close", () => clearTimeout(timer))
          pipe(body)
        },
        onShellError: reject,
        onError(error: unknown) {
          answered = 500
          if (started) log.error({ err: error }, "a page broke while it was being sent")
        },
      },
    )
    const timer = setTimeout(abort, streamTimeout)
  })
}

export function handleError(error: unknown, { request }: { request: Request }) {
  if (!request.signal.aborted) log.error({ err: error }, "a page failed")
}

import { tellPressEnd } from "./press-end.ts"
import { pause, retryNow, setRefusal, setTrouble } from "./state.ts"
import { type Asking, fateOf, pauseAfter, troubleIn } from "./trouble.ts"

type Place = { pathname: string; search: string }

declare global {
  interface Window {
    __remixRouter?: { state: { location: Place; navigation: { location?: Place } } }
  }
}

type Plain = typeof fetch
type Sent = { url: URL; init: RequestInit; asking: Asking }

/**
 * Puts itself before the fetch by which the router reads and writes its pages. What fails because the desk is away is
 * tried again until it is back, and the page stays as it is; what the router gets is an answer it can go on with.
 */
export function retryRouterRequests() {
  const plain = window.fetch.bind(window)
  window.fetch = (input, init = {}) => {
    const url = new URL(input instanceof Request ? input.url : input, location.href)
    const isRouters = url.origin === location.origin && url.searchParams.has("_data")
    return isRouters ? answerTo(plain, { url, init, asking: askingFor(url, init) }) : plain(input, init)
  }
  addEventListener("online", retryNow)
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && retryNow())
}

function askingFor(url: URL, { method = "GET" }: RequestInit): Asking {
  if (method !== "GET") return "press"
  return pageOf(url) === here() ? "refresh" : "page"
}

async function answerTo(plain: Plain, sent: Sent): Promise<Response> {
  const answer = await retried(plain, sent)
  return sent.asking === "press" ? pressed(sent, answer) : answer
}

/** Asks until there is an answer. A press is sent again under the id it carries, by which the desk does it once. */
export async function retried(plain: Plain, { url, init, asking }: Sent): Promise<Response> {
  const request = {}
  const mayRepeat = asking !== "press" || hasOpId(init.body)
  try {
    for (let tries = 0; ; tries++) {
      const answer = await wholeAnswer(plain, url, init)
      const trouble = troubleIn(answer, asking)
      if (answer && !trouble) return answer
      if (answer && asking === "press" && trouble === "signed out") return answer
      if (!mayRepeat) return answer ?? new Response("", { status: 502 })
      setTrouble(request, trouble)
      await pause(pauseAfter(tries, trouble ?? "away"), init.signal)
    }
  } finally {
    setTrouble(request, null)
  }
}

/** With its body, which may break off as well; null where none came. */
async function wholeAnswer(plain: Plain, url: URL, init: RequestInit): Promise<Response | null> {
  try {
    const answer = await plain(url, init)
    // A redirect that is not followed has nothing to read.
    if (answer.type === "opaqueredirect") return answer
    const body = answer.status === 204 ? null : await answer.arrayBuffer()
    return new Response(body, { status: answer.status, headers: answer.headers })
  } catch (failure) {
    // A browser says TypeError for every line that broke; anything else, the end of the request too, is no trouble of it.
    if (failure instanceof TypeError && !init.signal?.aborted) return null
    throw failure
  }
}

/** A press that failed leads back to the page it was made on, which says why; what was typed is still there. */
async function pressed({ url, init }: Sent, answer: Response): Promise<Response> {
  const isSignedOut = troubleIn(answer, "press") === "signed out"
  const fate = isSignedOut ? "refused" : fateOf(answer)
  const opId = init.body instanceof FormData || init.body instanceof URLSearchParams ? init.body.get("opId") : null
  tellPressEnd({ path: url.pathname, opId: typeof opId === "string" ? opId : null, isTaken: fate === "taken" })
  if (isSignedOut) return backHere()
  if (fate !== "failed") {
    setRefusal(null)
    return answer
  }
  setRefusal(wordsFor(answer.status, await answer.text()))
  return backHere()
}

const backHere = () =>
  new Response(null, {
    status: 204,
    headers: { "X-Remix-Redirect": here(), "X-Remix-Status": "302" },
  })

function wordsFor(status: number, said: string) {
  if (status === 413) return "Not done: that is more than the desk takes at once. Shorten it, or send fewer files."
  if (status >= 500) return "Not done: the desk failed. Press again; if it fails again, tell whoever runs the desk."
  const isSentence = said.includes(" ") && said.length < 300 && !/[<{]/.test(said)
  return isSentence
    ? `Not done. ${said.trim()}`
    : "Not done: the desk refused it. Load the page again and try once more."
}

/** The page on screen: on the way back the browser's own address is ahead of it. */
function here() {
  const { pathname, search } = window.__remixRouter?.state.location ?? location
  return pathname + search
}

const hasOpId = (body: unknown) =>
  (body instanceof FormData || body instanceof URLSearchParams) && Boolean(body.get("opId"))

function pageOf(url: URL) {
  const page = new URL(url)
  page.searchParams.delete("_data")
  return page.pathname + page.search
}

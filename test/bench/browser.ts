import { Agent, type IncomingMessage, request } from "node:http"

const agent = new Agent({ keepAlive: true, maxSockets: 8 })

type Answer = { status: number; headers: IncomingMessage["headers"]; body: Buffer }

/** A page as a signed-in browser gets it; anything but 200, after redirects, is an error. */
export async function get(origin: string, path: string, cookie: string): Promise<string> {
  const { status, headers, body } = await ask(origin, path, { cookie })
  if (status >= 300 && status < 400 && headers.location)
    return get(origin, new URL(headers.location, origin + path).href.slice(origin.length), cookie)
  if (status !== 200) throw new Error(`${path} answered ${status}: ${body.toString().slice(0, 300)}`)
  return body.toString()
}

export async function signIn(origin: string, email: string, password: string): Promise<string> {
  const form = new URLSearchParams({ email, password, to: "/cases" }).toString()
  const headers = { origin, "sec-fetch-site": "same-origin", "content-type": "application/x-www-form-urlencoded" }
  const { status, headers: said } = await ask(origin, "/sign-in", headers, form)
  const cookie = said["set-cookie"]?.[0]?.split(";")[0]
  if (status !== 302 || !cookie) throw new Error(`signing in answered ${status}`)
  return cookie
}

/** What the scripts of a page weigh on the way: everything its HTML names, compressed, each file once. */
export async function javascriptOf(origin: string, path: string, cookie: string) {
  const html = await get(origin, path, cookie)
  const named = [...html.matchAll(/(?:src|href)="([^"]+\.js)"|"(\/assets\/[^"]+\.js)"/g)]
  const files = [...new Set(named.map(([, tag, inline]) => tag ?? inline ?? ""))]
  let bytes = 0
  for (const file of files) bytes += (await ask(origin, file, { "accept-encoding": "br, gzip" })).body.length
  return { kilobytes: Math.round(bytes / 1024), files: files.length }
}

/** Without unpacking, so that what is counted is what travelled. */
function ask(origin: string, path: string, headers: Record<string, string>, form?: string): Promise<Answer> {
  return new Promise((done, fail) => {
    const method = form === undefined ? "GET" : "POST"
    const length = form === undefined ? {} : { "content-length": Buffer.byteLength(form) }
    const asked = request(origin + path, { agent, method, headers: { ...headers, ...length } }, (answer) => {
      const parts: Buffer[] = []
      answer.on("data", (part: Buffer) => parts.push(part))
      answer.on("error", fail)
      answer.on("end", () =>
        done({ status: answer.statusCode ?? 0, headers: answer.headers, body: Buffer.concat(parts) }),
      )
    })
    asked.on("error", fail)
    asked.end(form)
  })
}

import type { Server } from "node:http"
import { request as ask, type IncomingHttpHeaders } from "node:http"
import type { AddressInfo } from "node:net"
import type { ActionFunctionArgs, ServerBuild } from "@remix-run/node"
import { createDeskApp, type DeskApp } from "#app/http.server.ts"
import { log } from "#app/log.server.ts"
import { settings } from "#app/models/people/settings.server.ts"

type RouteModule = Partial<ServerBuild["routes"][string]["module"]>

/** The real HTTP door in front of a handful of routes; what their actions were sent stands in `done`. */
export async function smallDesk(env: Partial<DeskApp["env"]> = {}, more: Partial<DeskApp> = {}) {
  log.level = "silent"
  const done: string[] = []
  const act = async ({ request }: ActionFunctionArgs) => {
    done.push(await request.text())
    return new Response("done")
  }
  const build = buildOf({
    thing: { action: act, loader: ({ request }) => new Response(request.url) },
    "r/:token/:face": { action: act, loader: () => new Response("faces") },
    "api/v1/thing": { action: act, loader: () => new Response("{}") },
    "api/v1/broken": { loader: fail(new Error("a bug")) },
    "api/v1/down": { loader: fail(lostDatabase()) },
    settings: { loader: () => settings(), default: () => null },
    "api/v1/settings": { loader: () => settings() },
    broken: { loader: fail(new Error("a bug")), default: () => null },
    down: { loader: fail(lostDatabase()), action: fail(lostDatabase()), default: () => null },
    frame: {
      loader: () =>
        new Response("mail", { headers: { "Content-Security-Policy": "sandbox", "Cache-Control": "private" } }),
    },
    page: { default: () => null },
    remote: { loader: ({ context }) => new Response(String(context.remote)) },
    "cases/new": {
      action: async ({ request }) => {
        for (const [name, value] of await request.formData())
          done.push(`${name}=${typeof value === "string" ? value : `${value.name} ${value.type} ${value.size}`}`)
        return new Response("done")
      },
    },
  })
  const app = createDeskApp({
    build,
    clientFolder: "/nowhere",
    ...more,
    env: { NODE_ENV: "test", BASE_URL: undefined, ...env },
  })
  const server = await new Promise<Server>((ready) => {
    const listening: Server = app.listen(0, "127.0.0.1", () => ready(listening))
  })
  const { port } = server.address() as AddressInfo
  return { port, done, send: (path: string, init: Sent = {}) => send(port, path, init), close: () => server.close() }
}

export type Sent = { method?: string; headers?: Record<string, string>; body?: string | Buffer }
type Answer = { status: number; headers: IncomingHttpHeaders; text: string }

/** A request exactly as given: unlike fetch it lets a test choose Host, Origin and Sec-Fetch-Site. */
function send(port: number, path: string, { method = "GET", headers = {}, body }: Sent) {
  return new Promise<Answer>((ready, failed) => {
    const length = body === undefined ? {} : { "Content-Length": String(Buffer.byteLength(body)) }
    const asked = ask(
      { port, path, method, headers: { Host: `localhost:${port}`, ...length, ...headers } },
      (answer) => {
        let text = ""
        answer.setEncoding("utf8").on("data", (chunk) => (text += chunk))
        answer.on("end", () => ready({ status: answer.statusCode ?? 0, headers: answer.headers, text }))
      },
    )
    asked.on("error", failed).end(body)
  })
}

function buildOf(modules: Record<string, RouteModule>): ServerBuild {
  const root = { id: "root", path: "", module: { default: () => null } }
  const routes = Object.entries(modules).map(([path, module]) => [path, { id: path, parentId: "root", path, module }])
  const entry = {
    module: {
      default: (_request: Request, status: number, headers: Headers) => new Response("a page", { status, headers }),
      handleError() {},
    },
  }
  const assets = { entry: { imports: [], module: "" }, routes: {}, url: "", version: "1" }
  const rest = {
    publicPath: "/",
    assetsBuildDirectory: "",
    basename: "/",
    future: {},
    isSpaMode: false,
    mode: "production",
  }
  return { ...rest, entry, assets, routes: { root, ...Object.fromEntries(routes) } } as unknown as ServerBuild
}

const fail = (error: Error) => () => {
  throw error
}

const lostDatabase = () =>
  new Error("Failed query", { cause: Object.assign(new Error("connect"), { code: "ECONNREFUSED" }) })

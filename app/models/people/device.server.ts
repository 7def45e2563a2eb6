import { createHmac, timingSafeEqual } from "node:crypto"
import { cookieNamed, setCookie } from "./cookie.ts"
import { secretKey } from "./secret.server.ts"
import { newToken } from "./token.server.ts"

/** As long as a browser keeps any cookie. */
const longest = 400 * 24 * 3600

/**
 * A browser somebody signed in with is known to their account from then on, signed out or not: it opens nothing, but
 * its tries are counted apart from everybody else's. The name of the cookie says whose, so that several may share it.
 */
export function deviceCookie(request: Request, agentId: number): string {
  const id = deviceOf(request, agentId) ?? newToken()
  return setCookie(request, nameFor(agentId), `${id}.${signed(agentId, id)}`, longest)
}

/** The name of the browser a request comes from, when this account knows it. */
export function deviceOf(request: Request, agentId: number): string | null {
  const [id = "", mark = ""] = (cookieNamed(request, nameFor(agentId)) ?? "").split(".")
  const [given, right] = [Buffer.from(mark), Buffer.from(signed(agentId, id))]
  return given.length === right.length && timingSafeEqual(given, right) ? id : null
}

const nameFor = (agentId: number) => `known-${agentId}`

const signed = (agentId: number, id: string) =>
  createHmac("sha256", secretKey("known device")).update(`${agentId} ${id}`).digest("base64url")

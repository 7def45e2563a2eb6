import { createHmac, timingSafeEqual } from "node:crypto"
import { plainClient } from "#db/connection.server.ts"
import { withoutEnd } from "#emails/incoming/text.ts"
import { isAtLeast, type Viewer } from "./agent.ts"
import { isLocalOrigin } from "./base-url.ts"
import { originFrom } from "./network.ts"
import { secretKey } from "./secret.server.ts"
import { changeSetting, setting } from "./settings.server.ts"

const linkHours = 1

export type BaseUrlRefusal = "not yours" | "no address" | "this machine only"

/** A link under another address; whoever opens it there shows that the desk answers under that address. */
export function baseUrlLink(viewer: Viewer, typed: string, now: Date): { link: string } | { refused: BaseUrlRefusal } {
  if (!isAtLeast(viewer, "admin")) return { refused: "not yours" }
  const origin = originFrom(withoutEnd(typed.trim(), "/"))
  if (origin === null) return { refused: "no address" }
  if (isLocalOrigin(origin)) return { refused: "this machine only" }
  const endsAt = now.getTime() + linkHours * 3_600_000
  return { link: `${origin}/base-url/${endsAt.toString(36)}.${proofOf(origin, endsAt)}` }
}

/** Whether a token was made for this address within the hour. */
export function isBaseUrlToken(token: string, origin: string, now: Date): boolean {
  const [, ends = "", proof = ""] = /^([\da-z]{1,12})\.([\w-]{43})$/.exec(token) ?? []
  const endsAt = Number.parseInt(ends, 36)
  return endsAt > now.getTime() && timingSafeEqual(Buffer.from(proof), Buffer.from(proofOf(origin, endsAt)))
}

const proofOf = (origin: string, endsAt: number) =>
  createHmac("sha256", secretKey("base url")).update(`${origin} ${endsAt}`).digest("base64url")

/** The address whose token stands in a path, when it was asked for under that address. */
export function originProven(host: string, path: string, now: Date): string | null {
  const token = /^\/base-url\/([^/]+)$/.exec(path)?.[1]
  if (token === undefined) return null
  const origins = [`https://${host}`, `http://${host}`].flatMap((one) => originFrom(one) ?? [])
  return origins.find((origin) => isBaseUrlToken(token, origin, now)) ?? null
}

/** Customers' links begin with it from now on. */
export async function confirmBaseUrl(token: string, origin: string, now: Date): Promise<"confirmed" | "no such link"> {
  if (!isBaseUrlToken(token, origin, now)) return "no such link"
  await changeSetting("web.baseUrl", origin, now)
  return "confirmed"
}

/** BASE_URL is the desk's address whatever was confirmed before. Without it a start changes nothing. */
export async function keepBaseUrl(baseUrl: string, now: Date) {
  if ((await setting("web.baseUrl")) !== new URL(baseUrl).origin) await changeSetting("web.baseUrl", baseUrl, now)
}

/**
 * Where this machine reaches the desk, for links of mail that never leaves it. The first web process keeps it as long as
 * it runs: one that is started beside it has another port, and must not turn links away from the first.
 */
export async function keepLocalUrl(localUrl: string, now: Date): Promise<{ end(): Promise<void> }> {
  const client = plainClient()
  const [row] = await client<{ isFirst: boolean }[]>`select pg_try_advisory_lock(717275) as "isFirst"`
  if (row?.isFirst && (await setting("web.localUrl")) !== localUrl) await changeSetting("web.localUrl", localUrl, now)
  return { end: () => client.end({ timeout: 1 }) }
}

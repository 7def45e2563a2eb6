import type { Settings } from "./settings.ts"

/** Where customers' links begin: the desk's public address, and on a desk that has none the machine it runs on. */
export const linkOrigin = (told: Pick<Settings, "web.baseUrl" | "web.localUrl">) =>
  told["web.baseUrl"] || told["web.localUrl"]

/** An address that means another machine to everybody who opens it. */
export function isLocalOrigin(origin: string): boolean {
  const host = new URL(origin).hostname.replace(/\.$/, "")
  return /^(localhost|.+\.localhost|127(\.\d{1,3}){3}|0\.0\.0\.0|\[::1?\])$/.test(host)
}

/** The addresses a desk answers under, apart from this machine's own names. */
export type BaseUrls = {
  /** BASE_URL: then there is no other. */
  fixed: string | undefined
  /** Others that were confirmed, or are just being confirmed. */
  others: readonly string[]
}

/** The one of them that was asked for under `host`. */
export function originFor(host: string | undefined, { fixed, others }: BaseUrls): string {
  if (fixed !== undefined) return new URL(fixed).origin
  const name = host?.toLowerCase()
  return others.find((one) => new URL(one).host === name) ?? `http://${host}`
}

import { form, formWithFiles, kilobyte, limitsOf, longestOf } from "./limits.ts"
import type { BaseUrls } from "./models/people/base-url.ts"

/** What the gate looks at, its path in normal form. Header names in lower case, as Node gives them. */
export type Asked = { method: string; path: string; headers: Record<string, string | string[] | undefined> }
export type Refusal = { status: 400 | 403 | 405 | 408 | 411 | 413 | 415 | 421; words: string }

const loopback = /^(localhost|127\.0\.0\.1|\[::1\])(:\d{1,5})?$/i
const mostUnread = 16 * kilobyte

/** A desk answers under its own names only: a foreign Host could make links and origins lie. */
export function hostRefusal(host: string | undefined, { fixed, others }: BaseUrls): Refusal | null {
  const isNamed = (one: string) => host?.toLowerCase() === new URL(one).host
  if (fixed !== undefined) return isNamed(fixed) ? null : { status: 421, words: `This desk answers at ${fixed}` }
  if ((host !== undefined && loopback.test(host)) || others.some(isNamed)) return null
  return {
    status: 421,
    words:
      "This desk does not answer under this address. Set BASE_URL to the address people use and start it again, or confirm that address on the machine itself under Settings, Address.",
  }
}

/**
 * Refuses what changes something and was not sent from a page of ours. Two kinds of paths have rules of their own: the
 * API takes no cookies, and rating links must work in a browser that sends no Origin.
 */
export function crossSiteRefusal({ method, path, headers }: Asked, origin: string): Refusal | null {
  if (isSafe(method) || isApi(path) || isRatingLink(path)) return null
  const site = headers["sec-fetch-site"]
  if (site === undefined ? headers.origin === origin : site === "same-origin") return null
  return {
    status: 403,
    words: "This was sent from another site, so nothing was done. Open the desk itself and try again there.",
  }
}

/** Refuses bodies nobody here reads: of unknown length, too long, or of another kind. */
export function bodyRefusal({ method, path, headers }: Asked): Refusal | null {
  // A mail may be piped in: its reader counts for itself (models/mail/raw-body.ts).
  const isPiped = headers["transfer-encoding"] !== undefined
  if (isPiped && (isSafe(method) || !isMail(path)))
    return { status: 411, words: "Say with Content-Length how long the body is." }
  const length = lengthOf(headers)
  if (isSafe(method)) return length > mostUnread ? tooLong : null
  const limits = limitsOf(path)
  const type = typeOf(headers)
  if ((length > 0 || isPiped) && !limits.types.includes(type)) return typeRefusal(path, type, limits.types)
  return length > longestOf(limits, type) ? tooLong : null
}

export const tooLong: Refusal = { status: 413, words: "That is more than this desk takes at once." }

function typeRefusal(path: string, type: string, types: readonly string[]): Refusal {
  if (isApi(path)) return { status: 415, words: `The API reads ${types.join(" and ")}` }
  if (type === formWithFiles) return { status: 415, words: `This page takes no files, it reads ${form}.` }
  // 403, not 415: a body in a form's clothes is how a foreign page gets around the browser's preflight.
  return { status: 403, words: "This desk reads forms only." }
}

export const lengthOf = (headers: Asked["headers"]) => Number(headers["content-length"] ?? 0)

/** The type of a body without its parameters. */
export const typeOf = (headers: Asked["headers"]) =>
  String(headers["content-type"] ?? "")
    .split(";")[0]
    ?.trim()
    .toLowerCase() ?? ""

export const isApi = (path: string) => path === "/api" || path.startsWith("/api/")
const isRatingLink = (path: string) => path.startsWith("/r/")
const isMail = (path: string) => path === "/api/v1/mail"
export const isSafe = (method: string) => method === "GET" || method === "HEAD" || method === "OPTIONS"

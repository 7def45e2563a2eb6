/** What the gate looks at. Header names in lower case, as Node gives them. */
export type Asked = { method: string; path: string; headers: Record<string, string | string[] | undefined> }
export type Refusal = { status: 400 | 403 | 411 | 413 | 415 | 421; words: string }

const kilobyte = 1024
const megabyte = 1024 * kilobyte
const formTypes = ["application/x-www-form-urlencoded", "multipart/form-data"]
const loopback = /^(localhost|127\.0\.0\.1|\[::1\])(:\d{1,5})?$/i

/** A desk answers under its own name only: a foreign Host could make links and origins lie (decisions 42). */
export function hostRefusal(host: string | undefined, baseUrl: string | undefined): Refusal | null {
  if (baseUrl === undefined) {
    if (host !== undefined && loopback.test(host)) return null
    return {
      status: 421,
      words: "This desk answers under localhost only. Set BASE_URL to the address people use, and start it again.",
    }
  }
  return host?.toLowerCase() === new URL(baseUrl).host
    ? null
    : { status: 421, words: `This desk answers at ${baseUrl}` }
}

/**
 * Refuses what changes something and was not sent from a page of ours (reliability 4.2). Two kinds of paths have rules
 * of their own (decisions 26): the API takes no cookies, and rating links must work in a browser that sends no Origin.
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
  if (isSafe(method)) return null
  // A mail may be piped in: its reader counts for itself (models/mail/raw-body.ts).
  const isPiped = headers["transfer-encoding"] !== undefined
  if (isPiped && !isMail(path)) return { status: 411, words: "Say with Content-Length how long the body is." }
  const length = Number(headers["content-length"] ?? 0)
  const type =
    String(headers["content-type"] ?? "")
      .split(";")[0]
      ?.trim()
      .toLowerCase() ?? ""
  if (length > longest(path, type)) return { status: 413, words: "That is more than this desk takes at once." }
  if ((length === 0 && !isPiped) || typesFor(path).includes(type)) return null
  if (isApi(path)) return { status: 415, words: `The API reads ${typesFor(path).join(" and ")}` }
  // 403, not 415: a body in a form's clothes is how a foreign page gets around the browser's preflight.
  return { status: 403, words: "This desk reads forms only." }
}

export const isApi = (path: string) => path === "/api" || path.startsWith("/api/")
const isRatingLink = (path: string) => path.startsWith("/r/")
const isMail = (path: string) => path === "/api/v1/mail"
/** What is written to a customer may bring files (models/mail/letter-body.ts). */
const takesFiles = (path: string) => /^\/api\/v1\/cases(\/\d+\/replies)?\/?$/.test(path)
const isSafe = (method: string) => method === "GET" || method === "HEAD" || method === "OPTIONS"

function typesFor(path: string) {
  if (isMail(path)) return ["message/rfc822"]
  if (takesFiles(path)) return ["application/json", "multipart/form-data"]
  return isApi(path) ? ["application/json"] : formTypes
}

function longest(path: string, type: string) {
  if (isMail(path) || takesFiles(path)) return 35 * megabyte
  if (isRatingLink(path)) return 64 * kilobyte
  return type === "multipart/form-data" ? 35 * megabyte : 2 * megabyte
}

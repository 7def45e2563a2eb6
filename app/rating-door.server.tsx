import type { AppLoadContext } from "@remix-run/node"
import { RateLimiterMemory } from "rate-limiter-flexible"
import type { ReactElement } from "react"
import { renderToStaticMarkup } from "react-dom/server"
import script from "./components/rating-gesture.js?url"
import { type Sheet, WordsPage } from "./components/rating-page.tsx"
import { readEnv } from "./env.server.ts"
import { hasOwnServer } from "./models/mail/smtp-account.server.ts"
import { lineOf } from "./models/people/network.ts"
import { viewerOf } from "./models/people/session.server.ts"
import { setting } from "./models/people/settings.server.ts"
import { openLink } from "./models/ratings/landing.server.ts"
import type { Presser } from "./models/ratings/press.server.ts"
import { tokenFrom } from "./models/ratings/token.ts"
import { newLineage, type Visitor } from "./models/ratings/visitor.server.ts"
import icon from "./styles/icon.svg?no-inline"
import css from "./styles/rating.css?url"

const headers = {
  "Content-Type": "text/html; charset=utf-8",
  "Cache-Control": "no-store",
  "Referrer-Policy": "same-origin",
  "X-Robots-Tag": "noindex, nofollow, noarchive",
  "X-Content-Type-Options": "nosniff",
  "Content-Security-Policy":
    "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'none'; img-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
}

export type Answer = { status?: number; headers?: Record<string, string> }

/**
 * A customer's page as a plain answer, not through Remix's document: that one brings the desk's styles, its nonce and
 * its frame along, and this must be small and the same for everyone, in any mail program's browser.
 */
export async function ratingPage(request: Request, draw: (sheet: Sheet) => ReactElement, answer: Answer) {
  const init = { status: answer.status ?? 200, headers: { ...headers, ...answer.headers } }
  if (request.method === "HEAD") return new Response(null, init)
  const sheet = { desk: await setting("desk.name"), css, script, icon }
  return new Response(`<!doctype html>${renderToStaticMarkup(draw(sheet))}`, init)
}

/** The request a link belongs to, or the page that says why it rates nothing. */
export async function openedLink(request: Request, text: string | undefined, now: Date) {
  const token = tokenFrom(text)
  const opened = token && (await openLink(token, now))
  if (!opened || opened.link === "revoked") return nowhere(request)
  return opened.link === "expired" ? expired(request) : { token, requestId: opened.requestId }
}

/** One page for what never was and what was revoked, so that nobody can tell them apart. */
export function nowhere(request: Request) {
  return said(request, 404, "This link leads nowhere", "Reply to the email it came in: a person reads it.", {})
}

export function expired(request: Request) {
  return said(request, 410, "This link has expired", "Reply to the email it came in: a person reads it.", {})
}

export function crossSite(request: Request) {
  const words = "This was sent from another page, so nothing was recorded. Open the link in the email and press there."
  return said(request, 403, "Nothing was recorded", words, {})
}

export function tooMany(request: Request) {
  const words = "This link was pressed many times in a minute. Wait a minute, then open it from the email again."
  return said(request, 429, "One moment", words, { "Retry-After": "60" })
}

function said(request: Request, status: number, title: string, words: string, more: Record<string, string>) {
  const draw = (sheet: Sheet) => (
    <WordsPage sheet={sheet} title={title}>
      <p>{words}</p>
    </WordsPage>
  )
  return ratingPage(request, draw, { status, headers: more })
}

const presses = new RateLimiterMemory({ points: 60, duration: 60 })
const landings = new RateLimiterMemory({ points: 60, duration: 60 })

/** Kept in memory, never in a table: an address stored would be more than ratings need to know. */
export const pressesTooOften = ({ remote }: Visitor) => isOver(presses, lineOf(remote))
export const landsTooOften = ({ remote }: Visitor) => isOver(landings, lineOf(remote))

async function isOver(limit: RateLimiterMemory, key: string) {
  return (await limit.penalty(key)).consumedPoints > limit.points
}

export function visitorOf(request: Request, context: AppLoadContext): Visitor {
  return { remote: String(context.remote ?? ""), userAgent: request.headers.get("user-agent") ?? "" }
}

/** What is loaded ahead or only looked at is no landing. Not every browser says it by the same name. */
export function isLookedAt(request: Request) {
  const purpose = ["sec-purpose", "purpose", "x-moz"].map((name) => request.headers.get(name) ?? "").join(" ")
  return request.method === "GET" && !/prefetch|preview/i.test(purpose)
}

/**
 * Staff is who is signed in here, once mail of any mailbox really leaves: a trial must be able to press its own links.
 */
export async function presserOf(request: Request, context: AppLoadContext, now: Date): Promise<Presser> {
  return {
    ...visitorOf(request, context),
    lineage: lineageIn(request) ?? newLineage(),
    isCrossSite: isCrossSite(request),
    isStaff: (await viewerOf(request, now)) !== null && (readEnv().SMTP_URL !== undefined || (await hasOwnServer())),
  }
}

/** R3. A browser that says nothing of where it comes from is let through: the signed page is the proof. */
function isCrossSite(request: Request) {
  const [origin, site] = [request.headers.get("origin"), request.headers.get("sec-fetch-site")]
  const isForeign = origin !== null && origin !== new URL(request.url).origin
  return isForeign || (site !== null && site !== "same-origin" && site !== "none")
}

const isHttps = (request: Request) => request.url.startsWith("https:")
const cookieName = (request: Request) => (isHttps(request) ? "__Host-rl" : "rl")

function lineageIn(request: Request) {
  const cookies = (request.headers.get("cookie") ?? "").split(";").map((part) => part.trim().split("="))
  const [, value] = cookies.find(([name]) => name === cookieName(request)) ?? []
  return value && /^[0-9a-f]{32}$/.test(value) ? value : null
}

/** So that the same person may change their mind at once. Set by a press only, never by opening a page. */
export function lineageCookie(request: Request, lineage: string) {
  const secure = isHttps(request) ? " Secure;" : ""
  return { "Set-Cookie": `${cookieName(request)}=${lineage}; Path=/;${secure} HttpOnly; SameSite=Lax; Max-Age=2592000` }
}

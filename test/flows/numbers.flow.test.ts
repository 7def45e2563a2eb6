import { eq, sql } from "drizzle-orm"
import { afterAll, beforeAll, expect, inject, test } from "vitest"
import { password } from "#app/desk/demo/cast.ts"
import { fillDesk } from "#app/desk/demo/fill.server.ts"
import { tiny } from "#app/desk/demo/size.ts"
import { openFromSettled } from "#app/models/frowns/open.server.ts"
import { type Behind, behindPath } from "#app/models/happiness/behind.ts"
import { setSecret } from "#app/models/people/secret.server.ts"
import { voidRating } from "#app/models/ratings/rating.server.ts"
import { followSpam } from "#app/models/ratings/spam.server.ts"
import { connect, db, disconnect } from "#db/connection.server.ts"
import { folderFiles, setFiles } from "#db/files.server.ts"
import { cases } from "#db/tables/cases.ts"
import { agents } from "#db/tables/people.ts"
import { freshDatabase } from "#test/support/fresh-database.ts"
import { type RunningDesk, secret, startDesk, throwawayFolder } from "#test/support/server.ts"

let desk: RunningDesk
let cookie = ""
const year = new Date().getFullYear()

/** The demo, with some ratings voided, some cases spam and some merged since. */
beforeAll(async () => {
  const databaseUrl = await freshDatabase(inject("clusterUrl"))
  connect(databaseUrl)
  setSecret(secret)
  setFiles(folderFiles(throwawayFolder()))
  await fillDesk(tiny, () => {}, new Date())
  await disturb(new Date())
  desk = await startDesk({ databaseUrl })
  const form = new URLSearchParams({ email: "joan@harbor.example", password })
  const answer = await fetch(`${desk.url}/sign-in`, {
    method: "POST",
    body: form,
    redirect: "manual",
    headers: { origin: desk.url },
  })
  cookie = answer.headers.get("set-cookie")?.split(";")[0] ?? ""
}, 120_000)

afterAll(async () => {
  await desk?.stop()
  await disconnect()
})

async function disturb(now: Date) {
  const [joan] = await db.select().from(agents).where(eq(agents.email, "joan@harbor.example"))
  const rated = await db.execute<{ id: number; number: number }>(sql`
    select r.request_id::float8 as id, q.case_number::float8 as number from ratings r join rating_requests q on q.id = r.request_id
     where r.first = 'frown' and q.recovery_frown_id is null order by r.first_at desc`)
  for (const { id } of rated.slice(0, 2)) await voidRating({ ...joan!, mailboxIds: [] }, id, "a slip", now)
  await db.update(cases).set({ spamAt: now }).where(eq(cases.number, rated[3]!.number))
  await followSpam(now)
  await db.update(cases).set({ mergedInto: rated[5]!.number, closedAt: now }).where(eq(cases.number, rated[4]!.number))
  await openFromSettled(now)
}

async function page(path: string) {
  const answer = await fetch(desk.url + path, { headers: { cookie } })
  expect([path, answer.status]).toEqual([path, 200])
  const html = (await answer.text())
    .replaceAll("<!-- -->", "")
    .replace(/<script[\s\S]*?<\/script>|<style[\s\S]*?<\/style>/g, "")
  return html.replaceAll("&amp;", "&").replaceAll("&lt;", "<").replaceAll("&gt;", ">")
}

/** Numbers that are counts: those of the sentence are percents. */
const linksIn = (html: string) =>
  [
    ...html.matchAll(/<a\b(?![^>]*sentence__number)[^>]*href="(\/happiness\/cases\?[^"]+)"[^>]*>([\s\S]*?)<\/a>/g),
  ].flatMap(([, to = "", inner = ""]) => {
    const number = /^([\d,]+)(?: (?:ratings?|asked|frowns?|contacted|flipped|repl(?:y|ies)))?$/.exec(textOf(inner))?.[1]
    return number === undefined ? [] : [{ to, number: Number(number.replaceAll(",", "")) }]
  })

const textOf = (html: string) =>
  html
    .replace(/<[^>]*>/g, " ")
    .replace(/\s+/g, " ")
    .trim()

type Listed = { asked: Behind; rows: unknown[]; elsewhere: number; next: string | null }

/** How many rows stand behind a link, page after page, with those it says are not listed. */
async function rowsBehind(to: string): Promise<number> {
  const answer = await fetch(`${desk.url}${to}&_data=routes%2Fhappiness.cases`, { headers: { cookie } })
  const { asked, rows, elsewhere, next }: Listed = await answer.json()
  if (next === null) return rows.length + elsewhere
  return rows.length + (await rowsBehind(behindPath({ ...asked, cursor: next })))
}

test("behind every number of the reports stand that many rows", async () => {
  const narrow = await db.select({ id: agents.id }).from(agents).where(eq(agents.email, "michael@harbor.example"))
  const paths = ["2011-Q4", String(year), `${year}?agent=${narrow[0]!.id}`]
  const links = new Map<string, number>()
  for (const path of paths) {
    const html = await page(`/happiness/${path}`)
    for (const { to, number } of linksIn(html)) links.set(to, number)
  }
  expect(links.size).toBeGreaterThan(50)
  const wrong: string[] = []
  for (const [to, number] of links) {
    const rows = await rowsBehind(to)
    if (rows !== number) wrong.push(`${to}: ${number}, but ${rows} rows`)
  }
  expect(wrong).toEqual([])
})

test("a page has one number of frowns", async () => {
  for (const period of ["2011", String(year - 1), String(year)]) {
    const html = await page(`/happiness/${period}`)
    const links = linksIn(html)
    const sum = (some: typeof links) => some.reduce((all, { number }) => all + number, 0)
    const all = links.find(({ to }) => to.includes("show=frowns") && !to.includes("cause"))?.number
    expect(sum(links.filter(({ to }) => to.includes("cause=")))).toBe(all)
    const isWhole = (to: string) =>
      to.includes("face=frown") &&
      !to.includes("agent") &&
      !to.includes("mailbox") &&
      to.includes(`to=${Number(period) + 1}-01-01`)
    expect(
      new Set(links.filter(({ to }) => isWhole(to) && to.includes(`from=${period}-01-01`)).map(({ number }) => number)),
    ).toEqual(new Set([all]))
  }
})

test("under ten ratings there is no percentage and no comparison on the page, in no title and no label", async () => {
  const [few] = await db.execute<{ day: string }>(sql`
    select day::text from rating_tallies where basis = 'sent' group by day
    having sum(happy + ok + frown) between 1 and 9 order by day desc limit 1`)
  for (const path of [few!.day, `${few!.day}?voices=1`, "1999"]) {
    const html = await page(`/happiness/${path}`)
    // All years stand on every page, each with ratings of its own.
    const body = html.slice(html.indexOf("<main")).replace(/<figure class="run"[\s\S]*?<\/figure>/, "")
    const labels = [...body.matchAll(/(?:aria-label|title)="([^"]*)"/g)].map(([, words]) => words)
    const said = [textOf(body.replace(/<span class="counted__means"[\s\S]*?<\/span>/g, "")), ...labels].join("\n")
    expect(said.match(/[\d.]+ ?%|clear change|could be chance|points \(/g) ?? []).toEqual([])
  }
})

test("a year that is not over says so in heading, title, sentence, table, list, API and file", async () => {
  const html = await page(`/happiness/${year}`)
  expect(textOf(/<h1[\s\S]*?<\/h1>/.exec(html)![0])).toBe(`Happiness, ${year} so far`)
  expect(/<title>([\s\S]*?)<\/title>/.exec(html)![1]).toContain(`${year} so far`)
  expect(textOf(/<p class="sentence">[\s\S]*?<\/p>/.exec(html)![0])).toContain(`in ${year} so far`)
  expect(textOf(html)).not.toContain("so far so far")
  expect(textOf(html)).toMatch(/Against \d{4} until \d+ \w+|Against \d{4}/)
  const month = new Date().toLocaleString("en-GB", { month: "long", timeZone: "UTC" })
  expect(html).toContain(`<th scope="row">${month} ${year} so far</th>`)
  const list = await page(`/happiness/cases?from=${year}-01-01&to=${year + 1}-01-01&face=frown`)
  expect(textOf(list)).toContain(`Frowned replies, sent in ${year} so far`)
  expect(textOf(await page("/frowns/causes"))).toContain(`half of ${year} so far`)
  const token = (await desk.desk("token", "create", "--name", "t", "--scopes", "read")).out.match(/\S{30,}/)?.[0]
  const api = async (query: string) =>
    (
      await fetch(`${desk.url}/api/v1/reports/happiness?from=${year}&to=${year}${query}`, {
        headers: { authorization: `Bearer ${token}` },
      })
    ).text()
  const report = JSON.parse(await api(""))
  expect([report.periods[0].isOver, report.periods[0].label]).toEqual([false, String(year)])
  expect(report.sentence).toContain(`in ${year} so far`)
  expect(await api("&format=csv")).toContain(`${year} so far`)
})

import { expect, test } from "vitest"
import { loader as index } from "#app/routes/happiness._index.tsx"
import { loader as page } from "#app/routes/happiness.$period.tsx"
import { loader as cases } from "#app/routes/happiness.cases.tsx"
import { ann, bo, cy } from "#test/fixtures/desk.ts"
import { requestAs } from "#test/support/signed-in.ts"
import { reply } from "../models/happiness/seeded.ts"
import { story } from "../models/happiness/tallies.ts"

type Loader = typeof page | typeof index | typeof cases

async function get(loader: Loader, path: string, as: { id: number } | null = ann) {
  const period = path.split(/[/?]/)[2]
  const request = await requestAs(as, path)
  const response = await (loader({ request, params: { period }, context: {} } as never) as Promise<Response>).catch(
    (reason: unknown) => reason as Response,
  )
  return { status: response.status, to: response.headers.get("location"), text: await response.text() }
}

test("the page opens on the latest year with ratings", async () => {
  await story()
  expect(await get(index, "/happiness")).toMatchObject({ status: 302, to: "/happiness/2011" })
})

test("every kind of period has its page", async () => {
  await story()
  for (const name of ["2011", "2011-H2", "2011-Q3", "2011-03", "2011-W07", "2011-03-14", "1999"])
    expect((await get(page, `/happiness/${name}`)).status).toBe(200)
})

test.each(["20x1", "0", "2011-13", "99999", "2011-H3"])(
  "%s is no period, and the page says which are",
  async (name) => {
    const { status, text } = await get(page, `/happiness/${name}`)
    expect(status).toBe(404)
    expect(text).toContain("Try 2011, 2011-H2, 2011-Q3, 2011-03 or 2011-W07")
  },
)

test("who is not signed in is asked to, and comes back here", async () => {
  const { status, to } = await get(page, "/happiness/2011", null)
  expect(status).toBe(302)
  expect(to).toContain(encodeURIComponent("/happiness/2011"))
})

test("an agent may not open a colleague's figures, and is told who may", async () => {
  const { status, text } = await get(page, `/happiness/2011?agent=${cy.id}`, bo)
  expect(status).toBe(403)
  expect(text).toBe("Only leads see other people's figures.")
  expect((await get(page, `/happiness/2011?agent=${bo.id}`, bo)).status).toBe(200)
})

test("a number's address lists its cases; an address made up leads nowhere", async () => {
  const { number } = await reply(new Date("2011-03-14T12:00:00Z"), { face: "frown" })
  const { status, text } = await get(cases, "/happiness/cases?from=2011-01-01&to=2012-01-01&face=frown")
  expect(status).toBe(200)
  expect(JSON.parse(text)).toMatchObject({ title: "Frowned replies, sent in 2011", rows: [{ number, first: "frown" }] })
  for (const nonsense of [
    "",
    "from=2011&to=2012",
    "from=2012-01-01&to=2011-01-01",
    "from=2011-01-01&to=2012-01-01&face=smirk",
  ])
    expect((await get(cases, `/happiness/cases?${nonsense}`)).status).toBe(404)
})

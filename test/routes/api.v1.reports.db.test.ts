import { beforeEach, expect, test } from "vitest"
import { makeToken } from "#app/models/people/api-token.server.ts"
import { loader as happiness } from "#app/routes/api.v1.reports.happiness.ts"
import { loader as load } from "#app/routes/api.v1.reports.load.ts"
import { bo, noon } from "#test/fixtures/desk.ts"
import { rated, story } from "../models/happiness/tallies.ts"

let token = ""
beforeEach(async () => {
  token = await makeToken("reader", ["read"], noon)
})

async function get(report: typeof happiness | typeof load, query: string) {
  const request = new Request(`http://desk.example/api/v1/reports?${query}`, {
    headers: { Authorization: `Bearer ${token}` },
  })
  const response = (await report({ request, params: {}, context: {} } as never)) as Response
  return { status: response.status, type: response.headers.get("content-type"), body: await response.json() }
}

test("the report of two years, field by field", async () => {
  await story()
  const { status, body } = await get(happiness, "from=2010-01-01&to=2012-01-01&by=year")
  expect(status).toBe(200)
  expect(Object.keys(body)).toEqual(["timeZone", "nextTimeZone", "basis", "periods", "change", "sentence"])
  expect(Object.keys(body.periods[1])).toEqual([
    ...["from", "to", "label", "asked", "rated", "responseRate", "happy", "ok", "frown", "shares", "intervals"],
    "isOver",
  ])
  expect(body.periods.map((period: { shares: unknown }) => period.shares)).toEqual([
    { happy: 84, ok: 9, frown: 7 },
    { happy: 90, ok: 7, frown: 3 },
  ])
})

test("whole periods may be named instead of days, and the last day instead of the day after", async () => {
  await story()
  for (const query of ["from=2010&to=2011", "from=2010-01-01&to=2011-12-31", "from=2010-H1&to=2011-H2"]) {
    const { body } = await get(happiness, query)
    expect(body.periods.map((period: { happy: number }) => period.happy)).toEqual([840, 1800])
  }
})

test("narrowed to an agent by their email, in any case", async () => {
  await rated("2011-03-01", "8/1/1", { agentId: bo.id })
  const { body } = await get(happiness, "from=2011&to=2011&agent=BO@desk.example&mailbox=help@desk.example")
  expect(body.periods[0]).toMatchObject({ label: "2011", happy: 8, rated: 10 })
})

test.each([
  ["from=20x1", "from must be a day like 2011-03-14, or a year like 2011, not 20x1"],
  ["from=2011-02-30", "from must be a day like 2011-03-14, or a year like 2011, not 2011-02-30"],
  ["to=0", "to must be a day like 2011-03-14, or a year like 2011, not 0"],
  ["by=fortnight", "by must be one of year, half, quarter, month, week, not fortnight"],
  ["basis=felt", "basis must be sent or rated, not felt"],
  ["from=2012&to=2011", "from must be before to: 2012-01-01 is not before 2012-01-01"],
  ["from=1970&to=2199&by=week", "Ask for at most 2600 periods at once"],
  ["agent=nobody@desk.example", "There is no agent nobody@desk.example"],
  ["mailbox=nothing@desk.example", "There is no mailbox nothing@desk.example"],
])("%s is refused in words", async (query, detail) => {
  const { status, type, body } = await get(happiness, query)
  expect({ status, type, detail: body.detail }).toEqual({ status: 422, type: "application/problem+json", detail })
})

test("load by year", async () => {
  await story()
  const { body } = await get(load, "from=2010&to=2011")
  expect(body.periods.map((period: { perAgentDay: number }) => period.perAgentDay)).toEqual([80, 40])
  expect((await get(load, "by=fortnight")).status).toBe(422)
})

test("load as a file: the names and figures of the report", async () => {
  await story()
  const request = new Request("http://desk.example/api/v1/reports/load?from=2010&to=2011&format=csv", {
    headers: { Authorization: `Bearer ${token}` },
  })
  const file = (await load({ request, params: {}, context: {} } as never)) as Response
  expect(file.headers.get("content-type")).toMatch(/^text\/csv; charset=utf-8/)
  expect(file.headers.get("content-disposition")).toBe('attachment; filename="load-by-year.csv"')
  const { body } = await get(load, "from=2010&to=2011&format=json")
  const [names, ...lines] = (await file.text()).trimEnd().split("\r\n")
  expect(names?.split(",")).toEqual(Object.keys(body.periods[0]))
  expect(lines.map((line) => line.split(","))).toEqual(
    body.periods.map((period: Record<string, unknown>) => Object.values(period).map(String)),
  )
})

test("happiness as a file: counts and whole percents of each period", async () => {
  await story()
  const request = new Request("http://desk.example/api/v1/reports/happiness?from=2010&to=2011&format=csv", {
    headers: { Authorization: `Bearer ${token}` },
  })
  const file = (await happiness({ request, params: {}, context: {} } as never)) as Response
  expect(file.headers.get("content-disposition")).toBe('attachment; filename="happiness-by-year.csv"')
  const [names, first] = (await file.text()).split("\r\n")
  const { periods } = (await get(happiness, "from=2010&to=2011")).body
  const { shares, intervals: _, isOver, ...figures } = periods[0]
  const percents = ["happy", "ok", "frown"].flatMap((face) => [`${face}Percent`, `${face}Low`, `${face}High`])
  expect(names?.split(",")).toEqual([
    ...Object.keys(figures),
    ...["happyShare", "okShare", "frownShare", "isOver"],
    ...percents,
  ])
  expect(first?.split(",")).toEqual([
    ...[...Object.values(figures), ...Object.values(shares), isOver].map((cell) => `${cell ?? ""}`),
    ...["84", "81.6", "86.1", "9", "7.4", "10.9", "7", "5.6", "8.8"],
  ])
})

test("a format we do not write is refused in words", async () => {
  for (const report of [load, happiness]) {
    const { status, body } = await get(report, "format=xlsx")
    expect({ status, detail: body.detail }).toEqual({ status: 422, detail: "format must be json or csv, not xlsx" })
  }
})

test("without a token there is no report", async () => {
  const request = new Request("http://desk.example/api/v1/reports/happiness")
  const refused = await happiness({ request, params: {}, context: {} } as never).catch((thrown: unknown) => thrown)
  expect((refused as Response).status).toBe(401)
})

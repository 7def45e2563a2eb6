import { afterAll, beforeAll, expect, inject, test } from "vitest"
import { apiOf } from "#test/support/api.ts"
import { freePort } from "#test/support/free-port.ts"
import { freshDatabase } from "#test/support/fresh-database.ts"
import { opened, sendMail } from "#test/support/mail.ts"
import { type Sink, startSink } from "#test/support/mail-sink.ts"
import { Customer } from "#test/support/press.ts"
import { clearFolder, type RunningDesk, setUp, startDesk, until } from "#test/support/server.ts"

type Kase = {
  number: number
  state: string
  agent: { name: string; email: string } | null
  messages: {
    id: number
    kind: string
    text: string
    newText: string
    delivery: { state: string } | null
    rating: { first: string; standing: string; settled: boolean } | null
  }[]
  assignments: { reason: string; to: { email: string } | null }[]
}
type Row = { number: number; subject: string; agent: { email: string } | null }
type Frown = {
  id: number
  state: string
  words: string | null
  outcome: string | null
  firstContactAt: string | null
  owner: unknown
}

let desk: RunningDesk
let sink: Sink
let api: Awaited<ReturnType<typeof apiOf>>

beforeAll(async () => {
  sink = await startSink()
  const port = await freePort()
  desk = await startDesk({
    databaseUrl: await freshDatabase(inject("clusterUrl")),
    port,
    env: { SMTP_URL: sink.url, BASE_URL: `http://localhost:${port}` },
  })
  const set = await setUp(desk)
  expect(set.err).toBe("")
  api = await apiOf(desk)
  await desk.desk("settings", "set", "ratings.settleSeconds", "0")
  await desk.desk("settings", "set", "replies.undoSeconds", "1")
})

afterAll(async () => {
  expect(await desk.stop()).toBe(0)
  await sink.close()
  clearFolder(desk.dataDir)
})

const cases = async () => (await api.get<{ data: Row[] }>("/cases")).body.data
const kase = async (number: number) => (await api.get<Kase>(`/cases/${number}`)).body
const frowns = async () => (await api.get<{ data: Frown[] }>("/frowns")).body.data
const mailNumber = (count: number) =>
  until(
    async () => sink.mails.length,
    (sent) => sent >= count,
  ).then(() => sink.mails[count - 1]!)

/** Twenty seconds after sending a scanner is still likelier than a person: the desk's clock is moved past that. */
let moved = 0
async function timePasses(seconds: number) {
  moved += seconds
  await desk.desk("settings", "set", "clock.offsetSeconds", String(moved))
  await new Promise((done) => setTimeout(done, 1200))
}

test("an email becomes a case, is given to someone, answered, rated, followed up and flipped", async () => {
  await sendMail(desk.mailPort, {
    subject: "Where is my invoice?",
    text: "I cannot find it anywhere.",
    messageId: "<first@customer.example>",
  })
  const [row] = await until(cases, (list) => list.length === 1 && list[0]?.agent !== null)
  expect(row).toMatchObject({ subject: "Where is my invoice?", agent: { email: "ann@desk.example" } })
  const number = row!.number
  expect((await kase(number)).assignments[0]?.reason).toMatch(/^Ann: /)

  const answer = await api.post<{ id: number }>(`/cases/${number}/replies`, {
    agent: "ann@desk.example",
    text: "It is **attached** to your account page.",
  })
  expect(answer.status).toBe(201)
  expect((await kase(number)).messages.find((one) => one.id === answer.body.id)?.delivery?.state).toBe("held")
  const first = await opened((await mailNumber(1)).raw)
  expect(first).toMatchObject({
    subject: "Re: Where is my invoice?",
    inReplyTo: "<first@customer.example>",
    from: "help@desk.example",
  })
  expect(first.html).toContain("<strong>attached</strong>")
  expect(first.happy).toMatch(/^http:\/\/localhost:\d+\/r\//)
  await until(
    () => kase(number),
    (now) => now.messages.at(-1)?.delivery?.state === "sent" && now.state === "waiting-on-them",
  )

  await sendMail(desk.mailPort, {
    subject: first.subject,
    to: first.replyTo,
    text: "That page is empty!",
    inReplyTo: first.messageId,
    references: [first.messageId],
  })
  const joined = await until(
    () => kase(number),
    (now) => now.messages.length === 3,
  )
  expect(joined).toMatchObject({ state: "waiting-on-us", agent: { email: "ann@desk.example" } })
  expect(await cases()).toHaveLength(1)

  await timePasses(60)
  const customer = new Customer()
  await customer.open(first.frown)
  expect((await kase(number)).messages.at(1)?.rating).toBeNull()
  const pressed = await customer.press(first.frown, "frown", "Third time I ask")
  expect(pressed).toMatchObject({ status: 303 })
  const [frown] = await until(frowns, (list) => list.length === 1)
  expect(frown).toMatchObject({ state: "new", words: "Third time I ask", owner: null })

  await api.post(`/cases/${number}/replies?now=1`, {
    agent: "ann@desk.example",
    text: "You are right, and I am sorry. Here it is.",
  })
  const second = await opened((await mailNumber(2)).raw)
  const contacted = await until(frowns, (list) => list[0]?.firstContactAt !== null)
  expect(contacted[0]?.state).toBe("contacted")

  await timePasses(300)
  expect(await customer.press(second.happy, "happy")).toMatchObject({ status: 303 })
  await until(frowns, (list) => list[0]?.outcome === "flipped")

  type Report = { periods: { asked: number; rated: number; happy: number; frown: number }[]; sentence: string }
  const report = await until(
    async () => (await api.get<Report>("/reports/happiness?by=year")).body,
    (now) => (now.periods.at(-1)?.rated ?? 0) > 0,
  )
  expect(report.periods.at(-1)).toMatchObject({ asked: 1, rated: 1, happy: 0, frown: 1 })
})

import { expect, test } from "vitest"
import { failingDatabase } from "#test/support/failing-database.ts"
import { setUp, startDesk, until } from "#test/support/server.ts"
import { patience, sized } from "#test/support/sizes.ts"
import { deliverAll, endLeases, everyMailIsOneCase, stillWaiting } from "#test/support/stubborn.ts"

test("a database that breaks down under load costs senders a 451, readers a page that says so, and nobody a mail", {
  timeout: patience(120_000),
}, async () => {
  const mails = sized({ push: 300, night: 2000 })
  const restarts = sized({ push: 3, night: 20, release: 100 })
  const database = await failingDatabase()
  const desk = await startDesk({ databaseUrl: database.url })
  await setUp(desk)
  let done = false
  const sending = deliverAll(desk.mailPort, mails).finally(() => {
    done = true
  })
  const pages: number[] = []
  const reading = (async () => {
    while (!done) pages.push((await fetch(`${desk.url}/sign-in`)).status)
  })()
  const recoveries: number[] = []
  for (let n = 0; n < restarts; n++) {
    await new Promise((wait) => setTimeout(wait, 700))
    await database.breakDown(1000)
    const back = performance.now()
    await until(
      async () => (await fetch(`${desk.url}/readyz`)).status,
      (status) => status === 200,
      10_000,
    )
    recoveries.push(performance.now() - back)
  }
  const refusals = await sending
  await reading
  await endLeases(database.url)
  await until(
    () => stillWaiting(database.url),
    (waiting) => waiting === 0,
    patience(90_000),
  )
  await everyMailIsOneCase(database.url, mails)
  // A breakdown between two mails refuses none; over three of them some sender is in the middle of one.
  expect([...new Set(refusals)]).toEqual([451])
  expect([...new Set(pages)].sort()).toEqual([200, 503])
  expect(Math.max(...recoveries)).toBeLessThan(10_000)
  expect(await desk.stop()).toBe(0)
  await database.remove()
})

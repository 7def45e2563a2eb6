import { expect, inject, test } from "vitest"
import { startCluster } from "#db/cluster.server.ts"
import { freePort } from "#test/support/free-port.ts"
import { freshDatabase } from "#test/support/fresh-database.ts"
import { clearFolder, type RunningDesk, setUp, startDesk, throwawayFolder, until } from "#test/support/server.ts"
import { patience, sized } from "#test/support/sizes.ts"
import { deliverAll, endLeases, everyMailIsOneCase, stillWaiting } from "#test/support/stubborn.ts"

const pause = (milliseconds: number) => new Promise((done) => setTimeout(done, milliseconds))

test("a desk killed again and again while mail arrives puts every email it took into exactly one case", {
  timeout: patience(240_000),
}, async () => {
  const mails = sized({ push: 300, night: 2000, release: 20_000 })
  const kills = sized({ push: 12, night: 200, release: 1000 })
  const dataDir = throwawayFolder()
  const places = { dataDir, port: await freePort(), mailPort: await freePort() }
  let desk: RunningDesk = await startDesk(places)
  await setUp(desk)

  const sending = deliverAll(places.mailPort, mails)
  const restarts: number[] = []
  let killed = 0
  const killing = (async () => {
    while (killed < kills) {
      await pause(40 + Math.random() * 260)
      await desk.kill()
      killed++
      const started = performance.now()
      desk = await startDesk(places)
      restarts.push(performance.now() - started)
    }
  })()
  await Promise.all([sending, killing])
  await desk.kill()
  const { url } = await startCluster(dataDir)
  await endLeases(url)
  desk = await startDesk(places)
  await until(
    () => stillWaiting(url),
    (waiting) => waiting === 0,
    patience(90_000),
  )
  await everyMailIsOneCase(url, mails)
  expect(await desk.stop()).toBe(0)
  clearFolder(dataDir)
  expect(killed).toBe(kills)
  expect(Math.max(...restarts)).toBeLessThan(15_000)
})

test("a worker killed between the raw mail and its case leaves each mail in exactly one case", {
  timeout: patience(240_000),
}, async () => {
  const mails = sized({ push: 300, night: 2000, release: 20_000 })
  const kills = sized({ push: 20, night: 200, release: 1000 })
  const databaseUrl = await freshDatabase(inject("clusterUrl"))
  const dataDir = throwawayFolder()
  const door = await startDesk({ databaseUrl, dataDir, env: { ROLE: "web,mail" } })
  await setUp(door)
  const sending = deliverAll(door.mailPort, mails)
  for (let killed = 0; killed < kills; killed++) {
    const worker = await startDesk({ databaseUrl, dataDir, env: { ROLE: "worker" } })
    await pause(Math.random() * 200)
    await worker.kill()
  }
  await sending
  await endLeases(databaseUrl)
  const last = await startDesk({ databaseUrl, dataDir, env: { ROLE: "worker" } })
  await until(
    () => stillWaiting(databaseUrl),
    (waiting) => waiting === 0,
    patience(90_000),
  )
  await everyMailIsOneCase(databaseUrl, mails)
  expect(await Promise.all([door.stop(), last.stop()])).toEqual([0, 0])
  clearFolder(dataDir)
})

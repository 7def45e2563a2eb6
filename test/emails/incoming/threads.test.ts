import type { Worker } from "node:worker_threads"
import { afterAll, expect, test, vi } from "vitest"
import { copyOf, endIdleThreads, inThread, ThreadEnded } from "#emails/incoming/threads.server.ts"
import { storms } from "#test/fixtures/hostile-mail.ts"

// From its sources a thread takes a while to start, and on a busy machine a long while.
vi.setConfig({ testTimeout: 60_000 })
afterAll(endIdleThreads)

const reading = (raw: Buffer, waiting: "a person" | "nobody", milliseconds?: number) =>
  inThread({
    work: "read",
    size: raw.length,
    ask: () => ({ raw: copyOf(raw), trouble: null, envelopeFrom: null }),
    waiting,
    ...(milliseconds ? { milliseconds } : {}),
  })

const small = Buffer.from("Subject: small\n\nwords")

test("what a person waits for is done while bad mail fills every other place", async () => {
  const bad = storms["35 MB of quoted printable in a part"]?.make() ?? small
  const done: string[] = []
  const queue = Array.from({ length: 6 }, () =>
    reading(bad.subarray(0, 4_000_000), "nobody").then(() => done.push("mail")),
  )
  await reading(small, "a person").then(() => done.push("person"))
  expect(done.filter((who) => who === "mail").length).toBeLessThan(3)
  await Promise.all(queue)
})

test("work that takes too long is killed, and the next finds a thread of its own", async () => {
  await expect(reading(storms["35 MB of empty lines"]?.make() ?? small, "nobody", 1)).rejects.toThrow(ThreadEnded)
  expect((await reading(small, "nobody")).email.subject).toBe("small")
})

test("what is larger than its bounds is refused unasked", async () => {
  const ask = () => ({ raw: copyOf(small), trouble: null, envelopeFrom: null })
  const asked = inThread({ work: "read", size: 81 * 1024 * 1024, ask, waiting: "nobody" })
  await expect(asked).rejects.toThrow("it is larger than")
})

test("a thread that ends while it waits for work is not asked again", async () => {
  const threads: Worker[] = []
  const note = (thread: Worker) => void threads.push(thread)
  await endIdleThreads()
  process.on("worker", note)
  await reading(small, "nobody")
  await Promise.all(threads.map((thread) => thread.terminate()))
  expect((await reading(small, "nobody", 10_000)).email.subject).toBe("small")
  process.off("worker", note)
  expect(threads.length).toBe(2)
})

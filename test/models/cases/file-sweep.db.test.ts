import { mkdtempSync, readdirSync, statSync, utimesSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { ActionFunctionArgs } from "@remix-run/node"
import { sql } from "drizzle-orm"
import { beforeEach, expect, test } from "vitest"
import { keepFile } from "#app/models/cases/attachment.server.ts"
import { addToDraft } from "#app/models/cases/draft-file.server.ts"
import { fileSweep } from "#app/models/cases/file-sweep.server.ts"
import { makeToken } from "#app/models/people/api-token.server.ts"
import { deskId } from "#app/models/people/desk-id.server.ts"
import { action as apiStart } from "#app/routes/api.v1.cases._index.ts"
import { action as apiReply } from "#app/routes/api.v1.cases.$number.replies.ts"
import { action as reply } from "#app/routes/cases.$number.replies.ts"
import { action as start } from "#app/routes/cases.new.tsx"
import { db } from "#db/connection.server.ts"
import { files, folderFiles, setFiles } from "#db/files.server.ts"
import { billing, bo, cy, dana, noon } from "#test/fixtures/desk.ts"
import { caseOf } from "#test/support/cases.ts"
import { cookieOf, thrown } from "#test/support/signed-in.ts"

let folder = ""
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "upturn-files-"))
  setFiles(folderFiles(folder))
})

const kept = () =>
  readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => statSync(join(folder, name)).isFile())
const hours = (ago: number) => new Date(Date.now() - ago * 3_600_000)
const path = (sha256: string) => join(folder, sha256.slice(0, 2), sha256.slice(2))
const age = (sha256: string, ago: number) => utimesSync(path(sha256), hours(ago), hours(ago))
/** As a start does. */
const own = async () => files.giveTo(await deskId(noon))
async function sweepAll() {
  const sweep = fileSweep()
  let gone = 0
  for (let shelf = 0; shelf < 256; shelf++) gone += await sweep(noon)
  return gone
}

const label = new File(["a label"], "label.txt", { type: "text/plain" })
function sent(fields: Record<string, string>, headers: Record<string, string>) {
  const body = new FormData()
  for (const [name, value] of Object.entries(fields)) body.append(name, value)
  body.append("file", label)
  body.append("files", label)
  return new Request("http://localhost:3000/x", { method: "POST", headers, body })
}
const args = (request: Request, number = 0) =>
  ({ request, params: { number: String(number) }, context: {} }) as ActionFunctionArgs

test("what is refused leaves no file behind, on no way in", async () => {
  const [number, foreign] = [await caseOf("Where?"), await caseOf("Invoice", noon, dana, billing.id)]
  const [asBo, asCy] = [{ cookie: await cookieOf(bo) }, { cookie: await cookieOf(cy) }]
  const token = { authorization: `Bearer ${await makeToken("robot", ["read", "write"], noon)}` }
  const letter = { text: "Here", mailbox: "1", to: "gus@customer.example", subject: "Yours" }
  const refused = [
    await thrown(reply(args(sent({ text: "Here" }, asCy), foreign))),
    await thrown(reply(args(sent({ text: "Here" }, asBo), 999))),
    await thrown(start(args(sent({ ...letter, to: "nobody" }, asBo)))),
    await thrown(start(args(sent({ ...letter, mailbox: "2" }, asCy)))),
    await thrown(start(args(sent({ ...letter, to: "help@desk.example" }, asBo)))),
    await thrown(apiReply(args(sent({ agent: bo.email, text: " " }, token), number))),
    await thrown(apiReply(args(sent({ agent: bo.email, text: "Here" }, token), 999))),
    await thrown(apiStart(args(sent({ ...letter, agent: bo.email, mailbox: "help@desk.example", to: "x" }, token)))),
  ]
  expect(refused.map(({ status }) => status >= 400)).toEqual(refused.map(() => true))
  expect(kept()).toEqual([])
  await reply(args(sent({ text: "Here" }, asBo), number))
  expect(kept()).toHaveLength(1)
})

test("a file that no row names goes after a day, one that a row names or that is new stays", async () => {
  await own()
  const number = await caseOf("Where?")
  const [old, fresh, named] = await Promise.all(["old", "fresh", "named"].map((text) => keepFile(Buffer.from(text))))
  await addToDraft(
    { caseNumber: number, agentId: bo.id },
    [{ filename: "a", contentType: "text/plain", ...named! }],
    noon,
  )
  age(old!.sha256, 25)
  age(named!.sha256, 25)
  age(fresh!.sha256, 23)
  expect(await sweepAll()).toBe(1)
  expect(await Promise.all([old, fresh, named].map((file) => files.has(file!.sha256)))).toEqual([false, true, true])
})

test("a file that is kept again is new again, also while it is on its way out", async () => {
  await own()
  const bytes = Buffer.from("the same bytes")
  const { sha256 } = await keepFile(bytes)
  age(sha256, 25)
  await keepFile(bytes)
  expect(await sweepAll()).toBe(0)

  age(sha256, 25)
  const again = async () => {
    await keepFile(bytes)
    return false
  }
  expect(await files.remove(sha256, hours(24), again)).toBe(true)
  expect(await files.get(sha256)).toEqual(bytes)
  age(sha256, 25)
  expect(await files.remove(sha256, hours(24), async () => true)).toBe(false)
  expect(await files.get(sha256)).toEqual(bytes)
})

test("a sweep that was killed half way loses nothing", async () => {
  const { sha256 } = await keepFile(Buffer.from("on its way out"))
  age(sha256, 25)
  await files.remove(sha256, hours(24), () => Promise.reject(new Error("killed"))).catch(() => {})
  expect(await files.has(sha256)).toBe(false)
  expect(String(await files.get(sha256))).toBe("on its way out")
  await files.remove(sha256, hours(24), () => Promise.reject(new Error("killed"))).catch(() => {})
  writeFileSync(`${path(sha256)}.0123456789ab`, "half a file")
  utimesSync(`${path(sha256)}.0123456789ab`, hours(25), hours(25))
  await files.untouchedSince(hours(24), Number.parseInt(sha256.slice(0, 2), 16))
  expect(kept()).toEqual([path(sha256).slice(folder.length + 1)])
})

test("a desk that was pointed at another database takes none of the files away", async () => {
  await own()
  const { sha256 } = await keepFile(Buffer.from("theirs"))
  await sweepAll()
  age(sha256, 48)
  await db.execute(sql`delete from settings`)
  expect(await sweepAll()).toBe(0)
  expect(await files.has(sha256)).toBe(true)
})

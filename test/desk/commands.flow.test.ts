import { execFile } from "node:child_process"
import { mkdtempSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { beforeAll, expect, inject, test } from "vitest"
import { projectRoot } from "#db/place.server.ts"
import { freshDatabase } from "#test/support/fresh-database.ts"

const password = "vier Pferde im Regen"
const admin = ["--name", "Ida Berg", "--email", "ida@acme.example", "--password", password, "--desk", "Acme Support"]
const mailboxes = ["--mailbox", "help@acme.example", "--mailbox", "sales@acme.example"]
let env: NodeJS.ProcessEnv = { NODE_ENV: "test" }

beforeAll(async () => {
  const DATABASE_URL = await freshDatabase(inject("clusterUrl"))
  const { PATH } = process.env
  env = { PATH, NODE_ENV: "test", DATABASE_URL, DATA_DIR: mkdtempSync(join(tmpdir(), "upturn-desk-")) }
})

type Said = { code: number; out: string; err: string }

/** The command line as a person runs it, from the sources. */
function desk(...words: string[]): Promise<Said> {
  const run = ["--import", "tsx", "app/desk.ts", ...words]
  return new Promise((done) => {
    const child = execFile(process.execPath, run, { cwd: projectRoot, env }, (_error, out, err) =>
      done({ code: child.exitCode ?? -1, out: out.trim(), err: err.trim() }),
    )
  })
}

const refusal = (err: string) => ({ code: 1, out: "", err })

test("a desk is set up without a question, and not twice", async () => {
  const made = await desk("setup", ...admin, ...mailboxes, "--json")
  expect([made.code, made.err]).toEqual([0, ""])
  expect(JSON.parse(made.out)).toMatchObject({
    email: "ida@acme.example",
    mailboxes: ["help@acme.example", "sales@acme.example"],
  })
  expect(await desk("setup", ...admin, ...mailboxes)).toEqual(
    refusal("This desk is set up already. Sign in, or add people with: npm run desk -- agent add"),
  )
})

test("somebody is added to the mailboxes named, or the refusal is one line", async () => {
  const bo = ["agent", "add", "--email", "bo@acme.example", "--name", "Bo Diaz", "--password", password]
  const made = await desk(...bo, "--role", "lead", "--limit", "12", "--mailbox", "help@acme.example", "--json")
  expect(JSON.parse(made.out)).toEqual({
    id: expect.any(Number),
    email: "bo@acme.example",
    name: "Bo Diaz",
    role: "lead",
    limit: 12,
  })
  expect(await desk(...bo)).toEqual(refusal("There is somebody with the address bo@acme.example already"))
  const cy = ["agent", "add", "--email", "cy@acme.example", "--name", "Cy Novak"]
  for (const [more, words] of [
    [["--password", password, "--mailbox", "x@acme.example"], "There is no mailbox x@acme.example"],
    [["--password", password, "--role", "boss"], "boss is no role: it is one of agent, lead, admin"],
    [["--password", password, "--limit", "many"], "A limit is a whole number from 1 to 100"],
    [["--password", "short"], "A password has at least 12 characters"],
    [[], "Missing required argument: --password"],
  ] as const)
    expect(await desk(...cy, ...more)).toEqual(refusal(words))
})

test("a token is printed alone, so that it can be caught by a script", async () => {
  expect((await desk("token", "create", "--name", "ci", "--scopes", "read,write")).out).toMatch(/^upturn_[\w-]{43}$/)
  const refusals = [
    [["--scopes", "all"], "all is no scope: scopes are read, write, metrics, admin"],
    [["--mailbox", "nobody@desk.example"], "There is no mailbox nobody@desk.example"],
    [
      ["--expires", "soon"],
      "soon is not a valid expiry date: give a day such as 2027-11-30, days such as 90d, or never",
    ],
    [["--expires", "2001-01-01"], "2001-01-01 is in the past"],
    [["--owner", "nobody@desk.example"], "There is nobody with the address nobody@desk.example"],
  ] as const
  for (const [more, words] of refusals)
    expect(await desk("token", "create", "--name", "ci", ...more)).toEqual(refusal(words))
})

test("a setting is changed and read back, also when it looks like a flag", async () => {
  expect((await desk("settings", "set", "clock.offsetSeconds", "-3600")).out).toBe("clock.offsetSeconds = -3600")
  expect((await desk("settings", "get", "clock.offsetSeconds", "--json")).out).toBe('{"clock.offsetSeconds":-3600}')
  expect(Object.keys(JSON.parse((await desk("settings", "get", "--json")).out))).toContain("desk.businessWeek")
  expect(await desk("settings", "set", "desk.timeZone", "Berlin")).toEqual(
    refusal("desk.timeZone must be a time zone such as Europe/Berlin or UTC"),
  )
  expect(await desk("settings", "get", "desk.colour")).toEqual(refusal("There is no setting desk.colour"))
  expect((await desk("settings", "set", "desk.name")).code).toBe(1)
})

test("what is no command is refused with the list of those there are, before any database is touched", async () => {
  const answer = await desk("nonsense")
  expect([answer.code, answer.err]).toEqual([
    1,
    expect.stringMatching(/^There is no command nonsense\. They are: setup, /),
  ])
  expect((await desk("--help")).out).toContain("setup")
  expect((await desk("agent", "add", "--help")).out).toContain("--mailbox")
})

test("a wrong environment is one line for each wrong value", async () => {
  const before = env
  env = { ...env, PORT: "abc", DATABASE_URL: "mysql://x" }
  const answer = await desk("settings", "get")
  env = before
  expect([answer.code, answer.err.split("\n").map((line) => line.split(":")[0])]).toEqual([1, ["DATABASE_URL", "PORT"]])
})

import { existsSync, statSync } from "node:fs"
import { readFile } from "node:fs/promises"
import { relative } from "node:path"
import { progress } from "@clack/prompts"
import { defineCommand } from "citty"
import { filesAt } from "#emails/incoming/mail-files.server.ts"
import { readEmail } from "#emails/incoming/parse.server.ts"
import { parsedJson } from "#emails/incoming/parsed-json.ts"
import { deskNow } from "../clock.server.ts"
import { type ImportCounts, importMail } from "../models/mail/import.server.ts"
import { mailboxOf } from "../models/people/mailbox.server.ts"
import { asJson, tell } from "./flags.ts"
import { Refused } from "./refused.ts"

const path = { type: "positional", required: true, description: "A mail, a folder of them, or an mbox" } as const

const take = defineCommand({
  meta: { name: "desk mail import", description: "Take mail from files, through the same pipeline as the mail door" },
  args: {
    path,
    mailbox: { type: "string", description: "The mailbox it is for; else what is written on each mail" },
    closed: { type: "boolean", description: "History: closed cases, given to nobody, nothing answered" },
    ...asJson,
  },
  async run({ args }) {
    mustExist(args.path)
    const mailbox = args.mailbox ?? null
    if (mailbox !== null && !(await mailboxOf(mailbox))) throw new Refused(`There is no mailbox ${mailbox}`)
    const bar = barFor(args)
    const asked = { path: args.path, mailbox, asClosed: args.closed === true, now: deskNow, onProgress: bar.onProgress }
    const counts = await importMail(asked)
    bar.stop()
    for (const problem of counts.problems) process.stderr.write(`Skipped ${problem}\n`)
    tell(args, counts, wordsFor(counts))
  },
})

const parse = defineCommand({
  meta: { name: "desk mail parse", description: "Show what is understood of a mail; nothing is stored" },
  args: { path: { ...path, description: "A mail, or a folder of them" }, ...asJson },
  async run({ args }) {
    mustExist(args.path)
    const isFolder = statSync(args.path).isDirectory()
    for (const file of await filesAt(args.path)) {
      const name = isFolder ? { file: relative(args.path, file) } : {}
      process.stdout.write(`${JSON.stringify({ ...name, ...(await parsed(file, isFolder)) })}\n`)
    }
  },
})

export const mail = defineCommand({
  meta: { name: "desk mail", description: "Mail from files" },
  subCommands: { import: take, parse },
})

/** A folder goes on past a file that cannot be read; a single file is refused. */
async function parsed(file: string, isFolder: boolean) {
  try {
    return parsedJson(await readEmail(await readFile(file)))
  } catch (error) {
    // The outermost door of this command: the file is named, and the rest still has its turn.
    if (!isFolder) throw error
    return { error: error instanceof Error ? error.message : String(error) }
  }
}

function mustExist(path: string) {
  if (!existsSync(path)) throw new Refused(`There is no file or folder ${path}`)
}

/** A bar for a person at a terminal, nothing for a program. */
function barFor({ json }: { json?: boolean | undefined }) {
  if (json || !process.stdout.isTTY) return { onProgress: () => {}, stop: () => {} }
  const bar = progress({ max: 100 })
  let shown = 0
  bar.start("Taking mail in")
  return {
    onProgress(counts: ImportCounts, done: number, of: number) {
      const percent = of === 0 ? 100 : Math.floor((done / of) * 100)
      bar.advance(percent - shown, `${counts.taken + counts.known} mails`)
      shown = percent
    },
    stop: () => bar.stop("Done"),
  }
}

function wordsFor({ taken, known, skipped }: ImportCounts) {
  const parts = [
    `${taken} taken in`,
    known > 0 ? `${known} known already` : "",
    skipped > 0 ? `${skipped} skipped` : "",
  ]
  return `${parts.filter((part) => part !== "").join(", ")}. The worker turns them into cases while the desk runs.`
}

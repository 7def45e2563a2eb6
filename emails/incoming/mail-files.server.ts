import { createReadStream } from "node:fs"
import { open, readdir, readFile, stat } from "node:fs/promises"
import { join } from "node:path"

/** The files below a path, in the order of their names; the path itself when it is one. Hidden ones are left out. */
export async function filesAt(path: string): Promise<string[]> {
  if (!(await stat(path)).isDirectory()) return [path]
  const entries = await readdir(path, { withFileTypes: true, recursive: true })
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter(
      (file) =>
        !file
          .slice(path.length)
          .split("/")
          .some((name) => name.startsWith(".")),
    )
    .sort()
}

/** The mails of one file: an mbox holds many, anything else is one. A large mbox is never in memory as a whole. */
export async function* mailsIn(file: string): AsyncGenerator<Buffer> {
  if (await isMbox(file)) yield* mailsOfMbox(file)
  else yield await readFile(file)
}

async function isMbox(file: string) {
  const handle = await open(file)
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(200), 0, 200, 0)
    const start = buffer.subarray(0, bytesRead).toString("latin1")
    // One mail saved by an old program begins so too; taken as an mbox of one it comes to the same.
    return /^From [^\n]*\d{4}/.test(start)
  } finally {
    await handle.close()
  }
}

const fromLine = Buffer.from("From ")

/** RFC 4155: a mail begins at `From ` after an empty line, and lines quoted for that reason lose one `>`. */
async function* mailsOfMbox(file: string): AsyncGenerator<Buffer> {
  let mail: Buffer[] = []
  let isAfterBlank = true
  for await (const line of linesOf(file)) {
    if (isAfterBlank && line.subarray(0, 5).equals(fromLine)) {
      if (mail.length > 0) yield Buffer.concat(mail)
      mail = []
    } else mail.push(/^>+From /.test(line.subarray(0, 40).toString("latin1")) ? line.subarray(1) : line)
    isAfterBlank = line.length <= 2 && line.toString("latin1").trim() === ""
  }
  if (mail.length > 0) yield Buffer.concat(mail)
}

async function* linesOf(file: string): AsyncGenerator<Buffer> {
  let rest: Buffer = Buffer.alloc(0)
  for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20 })) {
    const bytes = Buffer.concat([rest, chunk])
    let from = 0
    for (let end = bytes.indexOf(10, from); end >= 0; end = bytes.indexOf(10, from)) {
      yield bytes.subarray(from, end + 1)
      from = end + 1
    }
    rest = bytes.subarray(from)
  }
  if (rest.length > 0) yield rest
}

import { randomBytes } from "node:crypto"
import { type FileHandle, open, unlink } from "node:fs/promises"
import { join } from "node:path"

export type Spooled = { size: number; bytes(): Promise<Buffer>; close(): Promise<void> }

/** So much of each mail is in memory while it comes in, the rest in a file: two hundred large ones at once must fit. */
const inMemory = 256 * 1024

/**
 * A mail as it comes in. More than `most` is counted but not kept. The file loses its name as soon as it is open, so
 * that nothing is left behind however this ends.
 */
export async function spool(stream: AsyncIterable<Buffer>, folder: string, most: number): Promise<Spooled> {
  let chunks: Buffer[] = []
  let held = 0
  let size = 0
  let file: FileHandle | null = null
  try {
    for await (const chunk of stream) {
      size += chunk.length
      if (size > most) continue
      chunks.push(chunk)
      held += chunk.length
      if (held <= inMemory) continue
      file ??= await namelessFile(folder)
      await file.writev(chunks)
      chunks = []
      held = 0
    }
  } catch (error) {
    // The sender went away, or the disk is full: whichever it is, nothing of this is kept.
    await file?.close()
    throw error
  }
  const read = () => (file ? withFile(file, size - held, size, chunks) : Promise.resolve(Buffer.concat(chunks)))
  return { size, bytes: read, close: async () => void (await file?.close()) }
}

async function namelessFile(folder: string) {
  const path = join(folder, `.mail-${randomBytes(8).toString("hex")}`)
  const file = await open(path, "wx+", 0o600)
  await unlink(path)
  return file
}

/** In memory once: two copies of a large mail would hold up everybody else. */
async function withFile(file: FileHandle, written: number, size: number, rest: Buffer[]) {
  const whole = Buffer.allocUnsafe(size)
  for (let at = 0; at < written; ) {
    const { bytesRead } = await file.read(whole, at, written - at, at)
    if (bytesRead === 0) throw new Error("a mail in hand is shorter than what was written of it")
    at += bytesRead
  }
  Buffer.concat(rest).copy(whole, written)
  return whole
}

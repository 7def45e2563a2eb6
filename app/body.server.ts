import { Busboy, type BusboyHeaders } from "@fastify/busboy"
import type { Request as Asked } from "express"
import { type Refusal, tooLong } from "./gate.ts"
import type { Limits } from "./limits.ts"
import { storable } from "./models/people/storable.ts"

/** "gone": whoever sent it went away before its end. */
export type Read<T> = T | "gone" | Refusal

type Refuse = (why: Refusal) => void
type Sink<T> = { take(chunk: Buffer): void; end(): Promise<T | Refusal> }

const tooMany: Refusal = { status: 413, words: "That has more parts than this desk takes at once." }
const notWhole: Refusal = { status: 400, words: "The body is not a whole form." }
const tooSlow: Refusal = { status: 408, words: "The body took too long to arrive. Send it again." }
/** Values in one call; a letter has a comma here and there as well. */
const mostValues = 100_000
const codesOf = (characters: string) => new Set(Buffer.from(characters))

/** A form of fields only: its bytes, without NUL, which no person types and PostgreSQL cannot keep. */
export async function readFields(asked: Asked, limits: Limits, patience: number): Promise<Read<Buffer>> {
  const body = await readCounted(asked, { longest: limits.longest, most: limits.fields, of: codesOf("&") }, patience)
  if (!Buffer.isBuffer(body) || !(body.includes("%00") || body.includes(0))) return body
  return Buffer.from(body.toString("latin1").replace(/%00|\0/g, ""), "latin1")
}

/** JSON, as bytes: how much work reading it will be is known from its commas and brackets. */
export const readJson = (asked: Asked, { longest }: Limits, patience: number): Promise<Read<Buffer>> =>
  readCounted(asked, { longest, most: mostValues, of: codesOf(",[{") }, patience)

type Counted = { longest: number; most: number; of: Set<number> }

function readCounted(asked: Asked, { longest, most, of }: Counted, patience: number): Promise<Read<Buffer>> {
  return readBody(asked, patience, longest, (refuse) => {
    const chunks: Buffer[] = []
    let seen = 0
    return {
      take(chunk) {
        chunks.push(chunk)
        for (const byte of chunk) if (of.has(byte)) seen++
        if (seen > most) refuse(tooMany)
      },
      end: async () => Buffer.concat(chunks),
    }
  })
}

/** A form with files, counted as it comes in: what is too much is refused at the part that is, not at the end. */
export function readParts(asked: Asked, limits: Limits, patience: number): Promise<Read<FormData>> {
  return readBody(asked, patience, limits.longestWithFiles, (refuse) => {
    const form = new FormData()
    const parser = parserOf(asked)
    if (!parser) return { take: () => refuse(notWhole), end: async () => notWhole }
    const counted = { fields: 0, files: 0 }
    parser.on("file", (name, stream, filename: string | undefined, _encoding, type) => {
      const isFile = filename !== undefined
      if (++counted[isFile ? "files" : "fields"] > limits[isFile ? "files" : "fields"]) refuse(tooMany)
      const bytes: Uint8Array<ArrayBuffer>[] = []
      let size = 0
      stream.on("data", (chunk: Buffer) => {
        size += chunk.length
        if (!isFile && size > limits.longest) refuse(tooLong)
        else bytes.push(new Uint8Array(chunk))
      })
      stream.on("end", () => {
        // A file field in which nothing was chosen sends a file without a name.
        if (isFile && filename !== "")
          form.append(storable(name), new File(bytes, storable(filename), { type: storable(type) }))
        else if (!isFile) form.append(storable(name), storable(Buffer.concat(bytes).toString()))
      })
    })
    const over = new Promise<FormData | Refusal>((done) =>
      parser.on("finish", () => done(form)).on("error", () => done(notWhole)),
    )
    return {
      take: (chunk) => void parser.write(chunk),
      end: () => {
        parser.end()
        return over
      },
    }
  })
}

/** Every part is read as a file is, so that a field too can be counted before its end. */
function parserOf(asked: Asked) {
  const headers: BusboyHeaders = { ...asked.headers, "content-type": asked.headers["content-type"] ?? "" }
  const limits = { fieldNameSize: 200, headerPairs: 20, headerSize: 8192 }
  try {
    return new Busboy({ headers, limits, isPartAFile: () => true })
  } catch {
    // It has no boundary, or one that cannot be: nobody's browser.
    return null
  }
}

function readBody<T>(asked: Asked, patience: number, longest: number, begin: (refuse: Refuse) => Sink<T>) {
  return new Promise<Read<T>>((done, fail) => {
    let size = 0
    const end = (outcome: Read<T>) => {
      stop()
      done(outcome)
    }
    const stop = () => {
      clearTimeout(timer)
      asked.off("data", hear).off("end", whole).off("close", gone).off("error", gone)
      // It may still break off while the rest of it is thrown away.
      asked.on("error", () => {})
    }
    const sink = begin(end)
    const hear = (chunk: Buffer) => {
      size += chunk.length
      if (size > longest) end(tooLong)
      else sink.take(chunk)
    }
    const whole = () => {
      stop()
      void sink.end().then(done, fail)
    }
    const gone = () => end("gone")
    const timer = setTimeout(() => end(tooSlow), patience)
    asked.on("data", hear).on("end", whole).on("close", gone).on("error", gone)
  })
}

import { Readable, type Transform } from "node:stream"
import { type AttachmentStream, MailParser } from "mailparser"
import type { Part } from "./body.ts"
import { decodeBytes } from "./charset.server.ts"
import { charsetNamed } from "./charset-names.ts"
import { unflow } from "./flowed.ts"
import { type Field, idOf } from "./head.server.ts"
import { pageCharset } from "./page-charset.ts"
import { parameters } from "./parameters.server.ts"
import { protectedSubject } from "./protected-subject.ts"
import { QuotedPrintable } from "./quoted-printable.server.ts"
import { deepest, mostParts } from "./structure.server.ts"
import { pgLine, pgText } from "./text.ts"

/** Bytes of a text that are decoded: enough for as many letters as are kept, in any charset. */
const mostTextBytes = 8 * 1024 * 1024
/** What the parser is given at a time: a large file is then decoded in small pieces. */
const gulp = 256 * 1024

type Node = {
  contentType: string | false
  children: Node[]
  headerLines: { key: string; line: string }[]
  isAttachment?: boolean
}

/**
 * mailparser told to take no part for text: every leaf then comes out as bytes, transfer encoding undone, and what to
 * make of them is decided here. `textTypes`, `tree` and `createNode` are members of version 3.14.2 that its types leave out.
 */
class LeafReader extends MailParser {
  textTypes: string[] = []
  declare tree: Node | false
  declare createNode: (node: { encoding: string | false; getDecoder: () => Transform }) => unknown
}

/** `subject`: as protected inside, in bytes. */
export type Split = { parts: Part[]; subject: string; problem: Error | null }

/** The leaves of a mail; those found before a problem when there is one. */
export async function splitParts(head: Buffer, body: Buffer): Promise<Split> {
  const reader = new LeafReader({
    skipHtmlToText: true,
    skipTextToHtml: true,
    skipTextLinks: true,
    skipImageLinks: true,
    keepDeliveryStatus: true,
    ignoreEmbedded: true,
    checksumAlgo: false,
    maxChildNodes: mostParts + 1,
    maxHeadSize: 2 * 1024 * 1024,
  })
  const { createNode } = reader
  reader.createNode = (node) => {
    if (node.encoding === "quoted-printable") node.getDecoder = () => new QuotedPrintable()
    return createNode.call(reader, node)
  }
  const contents: Uint8Array[] = []
  const problem = await new Promise<Error | null>((done) => {
    reader.on("error", (error: Error) => done(error))
    reader.on("end", () => done(null))
    reader.on("data", (leaf) => {
      if (leaf.type === "attachment") collect(leaf, contents)
    })
    Readable.from(gulps(head, body)).pipe(reader)
  })
  reader.destroy()
  const leaves = reader.tree ? leavesOf(reader.tree) : []
  const parts = leaves.flatMap((leaf, i) => {
    const bytes = contents[i]
    return bytes ? [partOf(leaf, bytes)] : []
  })
  const subject = reader.tree ? protectedSubject(reader.tree) : ""
  return { parts, subject, problem: problem ?? (leaves.some(({ inside }) => inside.length > deepest) ? tooDeep : null) }
}

/**
 * Of the header only what says how the body is made: the rest is read elsewhere, and hostile headers are no longer its
 * concern.
 */
export function headOfBody(fields: readonly Field[]): Buffer {
  const lines = fields
    .filter(({ name }) => name.startsWith("content-"))
    .map(({ name, value }) => `${name}: ${value}\r\n`)
  return Buffer.from(`${lines.join("")}\r\n`, "latin1")
}

function* gulps(head: Buffer, body: Buffer) {
  yield head
  for (let at = 0; at < body.length; at += gulp) yield body.subarray(at, at + gulp)
}

const tooDeep = new Error(`its parts are nested deeper than ${deepest}`)

function collect(leaf: AttachmentStream, contents: Uint8Array[]) {
  const place = contents.push(new Uint8Array()) - 1
  const chunks: Buffer[] = []
  leaf.content.on("data", (chunk: Buffer) => chunks.push(chunk))
  leaf.content.on("end", () => {
    contents[place] = Buffer.concat(chunks)
    leaf.release?.()
  })
}

type Leaf = { node: Node; inside: Part["inside"]; place: number }

/** In the order of the mail. Walked without recursion, for a hostile mail nests deeper than the stack. */
function leavesOf(tree: Node): Leaf[] {
  const leaves: Leaf[] = []
  const waiting: Leaf[] = [{ node: tree, inside: [], place: 0 }]
  let containers = 0
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { node, inside } = next
    if (node.isAttachment) leaves.push(next)
    if (node.children.length === 0) continue
    const deeper = [...inside.slice(0, deepest), { type: String(node.contentType || ""), id: containers++ }]
    for (let i = node.children.length - 1; i >= 0; i--) {
      const child = node.children[i]
      if (child) waiting.push({ node: child, inside: deeper, place: i })
    }
  }
  return leaves
}

function partOf({ node, inside, place }: Leaf, bytes: Uint8Array): Part {
  const line = (key: string) => {
    const found = node.headerLines.find((header) => header.key === key)?.line ?? ""
    return found
      .slice(found.indexOf(":") + 1)
      .replace(/\r?\n/g, "")
      .trim()
  }
  const type = parameters(line("content-type"))
  const disposition = parameters(line("content-disposition"))
  // RFC 2046 5.1.5: what a digest lists without a word is a mail.
  const isListed = line("content-type") === "" && inside.at(-1)?.type === "multipart/digest"
  const mime = isListed ? "message/rfc822" : String(node.contentType || "text/plain")
  return {
    type: mime,
    inside,
    place,
    disposition: disposition.value.toLowerCase(),
    filename: disposition.get("filename") || type.get("name"),
    contentId: idOf(line("content-id")) ?? "",
    location: pgLine(line("content-location")),
    bytes,
    text: mime.startsWith("text/") ? textOf(bytes.subarray(0, mostTextBytes), type) : null,
  }
}

function textOf(bytes: Uint8Array, type: ReturnType<typeof parameters>) {
  const isPage = type.value.toLowerCase() === "text/html"
  const hint = isPage ? pageCharset(Buffer.from(bytes.subarray(0, 4096)).toString("latin1")) : ""
  const text = pgText(decodeBody(bytes, type.get("charset"), hint))
  return type.value.toLowerCase() === "text/plain" && type.get("format").toLowerCase() === "flowed"
    ? unflow(text, type.get("delsp").toLowerCase() === "yes" ? "delete space" : "keep space")
    : text
}

/** Programs that know no better call everything ISO-8859-1; what reads as UTF-8 is never that by chance. */
function decodeBody(bytes: Uint8Array, declared: string, hint: string) {
  return charsetNamed(declared) === "windows-1252"
    ? decodeBytes(bytes, "", declared)
    : decodeBytes(bytes, declared, hint)
}

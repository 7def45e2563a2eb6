import { createHash, generateKeyPair, type KeyObject, sign } from "node:crypto"
import { promisify } from "node:util"

export type Algorithm = "rsa" | "ed25519"
export type SigningKey = { domain: string; selector: string; algorithm: Algorithm; privateKey: KeyObject }

/**
 * Signed once more often than they stand in the mail, so that nobody on the way can add another one unseen
 * (RFC 6376 8.15).
 */
const fields = [
  "From",
  "To",
  "Cc",
  "Subject",
  "Date",
  "Message-ID",
  "In-Reply-To",
  "References",
  "Reply-To",
  "List-Unsubscribe",
  "List-Unsubscribe-Post",
  "MIME-Version",
  "Content-Type",
  "Content-Transfer-Encoding",
  "Auto-Submitted",
]

/** The mail with a signature of each key before it (RFC 6376 relaxed/relaxed, RFC 8463). Its own bytes are unchanged. */
export function signed(raw: Buffer, keys: readonly SigningKey[], at: Date): Buffer {
  const text = raw.toString("latin1")
  const end = text.indexOf("\r\n\r\n")
  const head = headerLines(end < 0 ? text : text.slice(0, end))
  const bodyHash = hashOf(relaxedBody(end < 0 ? "" : text.slice(end + 4))).toString("base64")
  const signatures = keys.map((key) => signatureLine(head, bodyHash, key, at))
  return Buffer.concat([Buffer.from(signatures.join(""), "latin1"), raw])
}

function signatureLine(head: string[], bodyHash: string, key: SigningKey, at: Date) {
  const { names, lines } = chosen(head)
  const tags = [
    `v=1; a=${key.algorithm}-sha256; c=relaxed/relaxed; d=${key.domain}; s=${key.selector};`,
    `t=${Math.floor(at.getTime() / 1000)};`,
    ...folded(`h=${names.join(":")};`, /(?<=:)/),
    `bh=${bodyHash};`,
  ]
  const unsigned = `DKIM-Signature: ${tags.join("\r\n\t")}\r\n\tb=`
  const said = [...lines, relaxedHeader(unsigned)].join("\r\n")
  const value = signature(said, key).toString("base64")
  return `${unsigned}${folded(value, /(?<=^(?:.{70})+)/).join("\r\n\t")}\r\n`
}

function signature(said: string, { algorithm, privateKey }: SigningKey) {
  const bytes = Buffer.from(said, "latin1")
  return algorithm === "rsa" ? sign("sha256", bytes, privateKey) : sign(null, hashOf(said), privateKey)
}

/** Each field as often as it is there, the last first, and once more for the one nobody may add. */
function chosen(head: string[]) {
  const names: string[] = []
  const lines: string[] = []
  for (const name of fields) {
    const here = head.filter((line) => line.slice(0, line.indexOf(":")).trim().toLowerCase() === name.toLowerCase())
    names.push(...here.map(() => name), name)
    lines.push(...here.reverse().map(relaxedHeader))
  }
  return { names, lines }
}

const headerLines = (head: string) => head.split(/\r\n(?![ \t])/)

function relaxedHeader(line: string) {
  const colon = line.indexOf(":")
  const value = line
    .slice(colon + 1)
    .replace(/\r\n/g, "")
    .replace(/[ \t]+/g, " ")
    .trim()
  return `${line.slice(0, colon).trim().toLowerCase()}:${value}`
}

function relaxedBody(body: string) {
  const lines = body.split("\r\n").map((line) => line.replace(/[ \t]+/g, " ").replace(/ $/, ""))
  while (lines.at(-1) === "") lines.pop()
  return lines.length === 0 ? "" : `${lines.join("\r\n")}\r\n`
}

const hashOf = (text: string) => createHash("sha256").update(text, "latin1").digest()

/** Pieces of at most 70 characters, so that no program on the way needs to fold the line. */
function folded(text: string, between: RegExp): string[] {
  const lines = [""]
  for (const piece of text.split(between)) {
    const last = lines.length - 1
    if ((lines[last] ?? "").length + piece.length > 70 && lines[last] !== "") lines.push(piece)
    else lines[last] += piece
  }
  return lines
}

const makePair = promisify(generateKeyPair)

/** A new key: the private half as PEM, the public half as DNS says it. */
export async function makeSigningKey(algorithm: Algorithm): Promise<{ privatePem: string; publicKey: string }> {
  const { privateKey, publicKey } =
    algorithm === "rsa" ? await makePair("rsa", { modulusLength: 2048 }) : await makePair("ed25519", undefined)
  const der = publicKey.export({ type: "spki", format: "der" })
  const bare = algorithm === "rsa" ? der : der.subarray(-32)
  return {
    privatePem: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
    publicKey: bare.toString("base64"),
  }
}

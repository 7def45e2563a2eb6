import { deflateSync } from "node:zlib"
import type { Extra } from "./scenes.ts"
import type { DemoFile } from "./story.ts"

/** What customers attach: small, real files that open. */
export function enclosures(): Record<Extra, DemoFile[]> {
  const screen: DemoFile = { filename: "screen.png", contentType: "image/png", bytes: picture(320, 200) }
  const table: DemoFile = {
    filename: "to-dos.csv",
    contentType: "text/csv",
    bytes: Buffer.from("list,to-do,done\nKitchen,Order tiles,yes\nKitchen,Measure window,no\n"),
  }
  const paper: DemoFile = {
    filename: "statement.pdf",
    contentType: "application/pdf",
    bytes: page("Charged twice: 49.00"),
  }
  return {
    ...{ html: [], draft: [], note: [], "out of office": [], twice: [] },
    "inline image": [screen],
    screenshot: [{ ...screen, filename: "Screenshot 1.png" }, table],
    pdf: [paper],
  }
}

/** A window with a bar and an error in it, as a PNG (RFC 2083) of eight-bit grey. */
function picture(width: number, height: number): Buffer {
  const rows = Array.from({ length: height }, (_, y) =>
    Buffer.from([0, ...Array.from({ length: width }, (_, x) => shade(x, y, width, height))]),
  )
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, 0, 0, 0, 0], 8)
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  return Buffer.concat([
    signature,
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(Buffer.concat(rows))),
    chunk("IEND", Buffer.alloc(0)),
  ])
}

function shade(x: number, y: number, width: number, height: number) {
  if (y < 22) return 90
  const isBox = x > width * 0.2 && x < width * 0.8 && y > height * 0.4 && y < height * 0.7
  if (!isBox) return 245
  return y % 14 < 5 && x % 40 < 30 ? 150 : 225
}

function chunk(kind: string, bytes: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(kind, "latin1"), bytes])
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(bytes.length)
  sum.writeUInt32BE(crc(body))
  return Buffer.concat([length, body, sum])
}

/** CRC-32 as PNG wants it; the one in node:zlib came after Node 20. */
function crc(bytes: Buffer): number {
  let sum = 0xffffffff
  for (const byte of bytes) {
    sum ^= byte
    for (let bit = 0; bit < 8; bit++) sum = sum & 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1
  }
  return (sum ^ 0xffffffff) >>> 0
}

/** One page with one line. */
function page(line: string): Buffer {
  const text = `BT /F1 18 Tf 72 760 Td (${line}) Tj ET`
  const objects = [
    "<< /Type /Catalog /Pages 2 0 R >>",
    "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
    `<< /Length ${text.length} >>\nstream\n${text}\nendstream`,
    "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
  ]
  let written = "%PDF-1.4\n"
  const places = objects.map((object, number) => {
    const place = written.length
    written += `${number + 1} 0 obj\n${object}\nendobj\n`
    return place
  })
  const table = places.map((place) => `${String(place).padStart(10, "0")} 00000 n \n`).join("")
  const size = objects.length + 1
  return Buffer.from(
    `${written}xref\n0 ${size}\n0000000000 65535 f \n${table}trailer << /Size ${size} /Root 1 0 R >>\nstartxref\n${written.length}\n%%EOF\n`,
  )
}

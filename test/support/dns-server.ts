import { createSocket } from "node:dgram"

type Answer = string[] | "no such name" | "silence"

/** A DNS server on a loopback port that knows TXT records, by name, and nothing else. */
export async function startDns(records: Map<string, Answer>) {
  const socket = createSocket("udp4")
  const asked: string[] = []
  socket.on("message", (query, { port, address }) => {
    const { name, end } = nameIn(query)
    asked.push(name)
    const answer = records.get(name) ?? "no such name"
    if (answer !== "silence") socket.send(reply(query, end, answer), port, address)
  })
  await new Promise<void>((ready) => socket.bind(0, "127.0.0.1", ready))
  return { server: `127.0.0.1:${socket.address().port}`, asked, close: () => void socket.close() }
}

/** The question's name, and where its type and class end. */
function nameIn(query: Buffer) {
  const labels: string[] = []
  let at = 12
  for (let length = query[at] ?? 0; length > 0; length = query[at] ?? 0) {
    labels.push(query.toString("latin1", at + 1, at + 1 + length).toLowerCase())
    at += 1 + length
  }
  return { name: labels.join("."), end: at + 5 }
}

function reply(query: Buffer, end: number, answer: string[] | "no such name") {
  const texts = answer === "no such name" ? [] : answer
  const head = Buffer.from(query.subarray(0, 12))
  head.writeUInt16BE(texts.length === 0 ? 0x8183 : 0x8180, 2)
  head.writeUInt16BE(texts.length, 6)
  head.writeUInt32BE(0, 8)
  return Buffer.concat([head, query.subarray(12, end), ...texts.map(textRecord)])
}

function textRecord(text: string) {
  const parts = (text.match(/[\s\S]{1,255}/g) ?? []).map((part) =>
    Buffer.concat([Buffer.from([part.length]), Buffer.from(part)]),
  )
  const data = Buffer.concat(parts)
  const head = Buffer.from([0xc0, 12, 0, 16, 0, 1, 0, 0, 0, 60, data.length >> 8, data.length & 255])
  return Buffer.concat([head, data])
}

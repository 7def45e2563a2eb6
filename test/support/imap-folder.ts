import { type AddressInfo, createServer, type Socket } from "node:net"

type Odd = { selected?: string; refusesSizesWith?: number }

/**
 * An IMAP server with one folder of these emails, numbered from 1; to the FETCH of some of them it says what a test
 * wants ("close" hangs up), until it is mended. `#` becomes the command's tag.
 */
export async function startImapFolder(mails: readonly string[], spoilt: Record<number, string>, odd: Odd = {}) {
  const there = new Map(mails.map((mail, at) => [at + 1, mail]))
  const broken = new Map(Object.entries(spoilt).map(([uid, answer]) => [Number(uid), answer]))
  const sockets = new Set<Socket>()
  const selected = odd.selected ?? "* OK [UIDVALIDITY 7] ok\r\n* OK [UIDNEXT 99] ok"
  const found = (set: string) => {
    const [from = 1, to = from] = set.split(":").map((one) => (one === "*" ? 99 : Number(one)))
    return [...there.keys()].filter((uid) => uid >= from && uid <= to)
  }
  const listed = (set: string) => set.split(",").flatMap(found)
  const fetched = (set: string, items: string) => {
    const uids = listed(set)
    if (/BODY(?:\.PEEK)?\[\]/.test(items)) {
      const answer = broken.get(uids[0] ?? 0)
      if (answer) return answer
      return [
        ...uids.map((uid) => `* ${uid} FETCH (UID ${uid} BODY[] {${there.get(uid)?.length}}\r\n${there.get(uid)})`),
        "# OK",
      ].join("\r\n")
    }
    if (uids.length > 1 && uids.includes(odd.refusesSizesWith ?? 0)) return "# NO one of them is broken"
    const facts = (uid: number) =>
      `UID ${uid} RFC822.SIZE ${there.get(uid)?.length} INTERNALDATE "10-Mar-2026 11:00:00 +0000"`
    return [...uids.map((uid) => `* ${uid} FETCH (${facts(uid)})`), "# OK"].join("\r\n")
  }
  const answer = (words: string[]) => {
    const [name, ...rest] = words[0] === "UID" ? words.slice(1) : words
    if (name === "CAPABILITY") return "* CAPABILITY IMAP4rev1\r\n# OK"
    if (name === "LIST") return '* LIST (\\HasNoChildren) "/" INBOX\r\n# OK'
    if (name === "SELECT") return `* ${there.size} EXISTS\r\n${selected}\r\n# OK [READ-WRITE] ok`
    if (name === "SEARCH")
      return `* SEARCH ${(rest[0] === "UID" ? listed(rest[1] ?? "") : [...there.keys()]).join(" ")}\r\n# OK`
    if (name === "FETCH") return fetched(rest[0] ?? "", rest.slice(1).join(" "))
    return name === "LOGOUT" ? "* BYE\r\n# OK" : "# OK"
  }
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on("error", () => {}).write("* OK ready\r\n")
    let unread = ""
    socket.on("data", (chunk) => {
      unread += chunk.toString("latin1")
      for (let end = unread.indexOf("\r\n"); end >= 0; end = unread.indexOf("\r\n")) {
        const [tag = "", ...words] = unread.slice(0, end).split(" ")
        unread = unread.slice(end + 2)
        const said = answer(words)
        if (said === "close") socket.destroy()
        else socket.write(`${said.replace(/^#/gm, tag)}\r\n`, "latin1")
      }
    })
  })
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", () => ready()))
  const { port } = server.address() as AddressInfo
  return {
    port,
    mend: () => broken.clear(),
    remove: (uid: number) => there.delete(uid),
    close() {
      for (const socket of sockets) socket.destroy()
      return new Promise<void>((done) => void server.close(() => done()))
    },
  }
}

import { type AddressInfo, createServer, type Socket } from "node:net"

/** Answers by the first word of a command; "close" hangs up, "silence" says nothing. `#` becomes the command's tag. */
export type Answers = Partial<Record<string, string>>

const usual: Answers = {
  CAPABILITY: "* CAPABILITY IMAP4rev1\r\n# OK",
  LOGIN: "# OK in",
  LIST: '* LIST (\\HasNoChildren) "/" INBOX\r\n# OK',
  SELECT: "* 1 EXISTS\r\n* OK [UIDVALIDITY 7] ok\r\n* OK [UIDNEXT 2] ok\r\n# OK [READ-WRITE] ok",
  SEARCH: "* SEARCH 1\r\n# OK",
  FETCH: "* 1 FETCH (UID 1 RFC822.SIZE 10)\r\n# OK",
  LOGOUT: "* BYE\r\n# OK",
}

/** An IMAP server that says exactly what a test wants, for what no real one can be made to do. */
export async function startImapScript(answers: Answers, greeting = "* OK ready") {
  const heard: string[] = []
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on("error", () => {}).write(`${greeting}\r\n`)
    let unread = ""
    socket.on("data", (chunk) => {
      unread += chunk.toString("latin1")
      for (let end = unread.indexOf("\r\n"); end >= 0; end = unread.indexOf("\r\n")) {
        const line = unread.slice(0, end)
        unread = unread.slice(end + 2)
        heard.push(line)
        const [tag = "", ...words] = line.split(" ")
        const name = (words[0] === "UID" ? words[1] : words[0]) ?? ""
        const answer = answers[name] ?? usual[name] ?? "# OK"
        if (answer === "close") socket.destroy()
        else if (answer !== "silence") socket.write(`${answer.replaceAll("#", tag)}\r\n`)
      }
    })
  })
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", () => ready()))
  const { port } = server.address() as AddressInfo
  const close = () => {
    for (const socket of sockets) socket.destroy()
    return new Promise<void>((done) => void server.close(() => done()))
  }
  return { port, heard, close }
}

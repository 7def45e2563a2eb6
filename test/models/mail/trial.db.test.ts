import { type AddressInfo, createServer, type Socket } from "node:net"
import { afterAll, beforeAll, expect, test } from "vitest"
import { changeImap } from "#app/models/mail/imap-account.server.ts"
import { imapFormFrom } from "#app/models/mail/imap-form.ts"
import { tryFetching } from "#app/models/mail/imap-trial.server.ts"
import { deliverNext } from "#app/models/mail/outbox.server.ts"
import { changeAccount } from "#app/models/mail/smtp-account.server.ts"
import { accountFormFrom } from "#app/models/mail/smtp-account.ts"
import { trySending } from "#app/models/mail/trial.server.ts"
import { addMailbox } from "#app/models/people/mailbox.server.ts"
import { noMailServer } from "#emails/inside.server.ts"
import { help, ida, later, noon } from "#test/fixtures/desk.ts"
import { caseOf } from "#test/support/cases.ts"
import { mailNow, replied } from "#test/support/replies.ts"
import { viewer } from "#test/support/viewer.ts"

/** What may run on a machine beside a mail server, by what it says of itself. */
const services: Record<string, string | null> = {
  ssh: "SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n",
  ftp: "220 ProFTPD 1.3 Server (intranet-nas)\r\n",
  news: "200 news.intranet ready\r\n",
  refusing: "554 intranet-db: you may not connect\r\n",
  mysql: "J\0\0\0\n8.0.36-intranet\0",
  pop: "+OK intranet POP3 ready <1.2@intranet>\r\n",
  json: '{"name":"intranet-node"}\r\n',
  silent: "",
  closed: null,
}
const ports = new Map<string, number>()
const sockets = new Set<Socket>()
const servers = Object.entries(services).map(([name, banner]) => {
  const server = createServer((socket) => {
    sockets.add(socket.on("error", () => {}))
    socket.write(banner ?? "")
    socket.on("data", () =>
      socket.write(banner?.startsWith("220") ? "502 intranet: no such command\r\n" : (banner ?? "")),
    )
  })
  return { name, banner, server }
})

beforeAll(async () => {
  for (const { name, banner, server } of servers) {
    await new Promise<void>((ready) => void server.listen(0, "127.0.0.1", ready))
    ports.set(name, (server.address() as AddressInfo).port)
    if (banner === null) await new Promise((closed) => server.close(closed))
  }
})
afterAll(() => {
  for (const socket of sockets) socket.destroy()
  for (const { server } of servers) server.close()
})

const typed = (port: number) => ({
  ...{ host: "localhost", port: String(port), security: "none", username: "x", method: "password", password: "p" },
  ...{ accessToken: "", refreshToken: "", clientId: "", clientSecret: "", tokenUrl: "", perMinute: "", perDay: "" },
  ...{ folder: "", afterwards: "leave", moveTo: "", fromStart: "" },
})
async function mailboxAt(name: string, port = ports.get(name) ?? 0) {
  const box = await addMailbox({ address: `${name}@desk.example`, name, agentIds: [] }, noon)
  if (!("id" in box)) throw new Error(box.refused)
  const [smtp, imap] = [accountFormFrom(typed(port)), imapFormFrom(typed(port))]
  if ("words" in smtp || "words" in imap) throw new Error("not as an admin would type it")
  await changeAccount(viewer(ida), box.id, smtp)
  await changeImap(viewer(ida), box.id, imap, noon)
  return box.id
}

test("of what is no mail server a trial tells nothing: not what it is, not whether it is there", async () => {
  const told = await Promise.all(
    Object.keys(services).map(async (name) => {
      const id = await mailboxAt(name)
      const started = performance.now()
      const isEven = () => performance.now() - started > 4900
      const sent = trySending(viewer(ida), id, () => noon).then((tried) => [tried, isEven()])
      const fetched = tryFetching(viewer(ida), id, noon).then((tried) => [tried, isEven()])
      return [name, await sent, await fetched]
    }),
  )
  const nothing = [
    [{ isTaken: false, words: noMailServer }, true],
    [{ isGood: false, words: noMailServer }, true],
  ]
  expect(told).toEqual(Object.keys(services).map((name) => [name, ...nothing]))
})

test("nor does a mail that could not leave by it", async () => {
  for (const name of ["ssh", "ftp", "closed"]) {
    const form = accountFormFrom(typed(ports.get(name) ?? 0))
    if ("words" in form) throw new Error(form.words)
    await changeAccount(viewer(ida), help.id, form)
    const { mailId } = await replied(await caseOf("Where?"))
    await deliverNext("test", () => later(1), { smtpUrl: null })
    expect([name, (await mailNow(mailId)).lastAnswer]).toEqual([name, noMailServer])
  }
})

test("a machine's ports cannot be looked through: after thirty trials one waits", async () => {
  const id = await mailboxAt("closed")
  const all = await Promise.all(Array.from({ length: 32 }, () => trySending(viewer(ida), id, () => noon)))
  const waiting = all.filter((tried) => typeof tried === "object" && /^Too many tries. Wait /.test(tried.words))
  expect(waiting).toHaveLength(2)
})

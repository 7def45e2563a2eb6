import { expect, test } from "vitest"
import { type MailServers, outgoingLine } from "#app/models/mail/mail-servers.ts"

const box = (address: string, outgoing: MailServers["outgoing"], isPaused = false): MailServers => ({
  ...{ id: 1, address: `${address}@d.example`, outgoing, incoming: null, isPaused },
})
const desk = { by: "desk", server: "smtp.example:587" } as const
const own = { by: "own", server: "smtp.gmail.com:465" } as const

test("where mail leaves is one line: the desk's server, mailboxes' own, what is kept and what waits", () => {
  expect(outgoingLine([])).toBeNull()
  expect(outgoingLine([box("help", null)])).toBeNull()
  expect(outgoingLine([box("help", desk)])).toBe("smtp.example:587 (1 mailbox)")
  expect(outgoingLine([box("help", desk), box("sales", desk), box("hr", own, true)])).toBe(
    "smtp.example:587 (2 mailboxes), hr@d.example through smtp.gmail.com:465; hr@d.example waits: its sign-in was refused",
  )
  expect(outgoingLine([box("help", own), box("sales", null)])).toBe(
    "help@d.example through smtp.gmail.com:465; sales@d.example kept",
  )
})

test("of very many mailboxes a few are named", () => {
  const many = Array.from({ length: 9 }, (_, n) => box(`b${n}`, own))
  expect(outgoingLine(many)).toMatch(/^b0@.*b3@d\.example through smtp\.gmail\.com:465, 5 more$/)
})

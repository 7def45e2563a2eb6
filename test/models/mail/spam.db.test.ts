import { eq, sql } from "drizzle-orm"
import { expect, test } from "vitest"
import { receiveNext } from "#app/models/mail/receive.server.ts"
import {
  blockRequester,
  forgetSender,
  forgetSpam,
  listSenders,
  notSpam,
  ruleSender,
} from "#app/models/mail/spam-tray.server.ts"
import { restingMail } from "#app/models/mail/trays.server.ts"
import { changeSetting } from "#app/models/people/settings.server.ts"
import { db } from "#db/connection.server.ts"
import { cases } from "#db/tables/cases.ts"
import { mailBytes } from "#db/tables/mail.ts"
import { customers } from "#db/tables/people.ts"
import { ann, billing, bo, cy, dana, later, noon } from "#test/fixtures/desk.ts"
import { arrive, letter, refuted, rowNow } from "#test/support/arrive.ts"
import { viewer } from "#test/support/viewer.ts"

const gus = letter({ from: "Gus <gus@new.example>", subject: "Buy" })

test("a mail its domain disowns rests as spam: no case, no customer, shown to whoever answers the mailbox", async () => {
  const before = (await db.select().from(customers)).length
  const row = await arrive(gus, { proven: refuted, to: [billing.address] })
  expect(row).toMatchObject({ fate: "spam", caseNumber: null, mailboxId: billing.id })
  expect(await db.select().from(cases)).toEqual([])
  expect(await db.select().from(customers)).toHaveLength(before)
  expect((await restingMail(viewer(bo), "spam", null)).rows).toMatchObject([{ id: row.id }])
  expect((await restingMail(viewer(cy), "spam", null)).rows).toEqual([])
})

test("not spam opens its case, and welcomes the sender; somebody of another mailbox may not say so", async () => {
  const row = await arrive(gus, { proven: refuted, to: [billing.address] })
  expect(await notSpam({ ...viewer(cy), id: cy.id }, row.id, later(1))).toBeNull()
  expect(await notSpam({ ...viewer(bo), id: bo.id }, row.id, later(1))).toBe("read again")
  while (await receiveNext("test", () => later(2)));
  expect(await rowNow(row.id)).toMatchObject({ fate: "opened" })
  expect(await listSenders()).toMatchObject([{ sender: "gus@new.example", rule: "welcome" }])
})

test("a blocked sender's mail is spam from then on, until it is taken back by a lead", async () => {
  const first = await arrive(gus)
  await blockRequester(viewer(bo), first.caseNumber ?? 0, noon)
  const second = letter({ from: "gus@new.example", subject: "More" })
  expect((await arrive(second)).fate).toBe("spam")
  expect(await forgetSender(viewer(bo), "gus@new.example")).toBe("not allowed")
  expect(await forgetSender(viewer(ann), "gus@new.example")).toBe("forgotten")
  expect((await arrive(letter({ from: "gus@new.example", subject: "Again" }))).fate).toBe("opened")
})

test("a whole domain can be blocked, and nonsense cannot", async () => {
  expect(await ruleSender(viewer(ann), "@New.Example", "block", noon)).toBe("kept")
  expect((await arrive(gus)).fate).toBe("spam")
  for (const nonsense of ["", "@", "gus", "a@b@c", "@with space.example"])
    expect(await ruleSender(viewer(ann), nonsense, "block", noon)).toBe("no sender")
})

test("a filter's mark counts only where a server of ours wrote it", async () => {
  const marked = letter({ more: ["X-Spam-Flag: YES"] })
  expect((await arrive(marked, { via: "api" })).fate).toBe("opened")
  await changeSetting("mail.trustedHops", "mx.desk.example", noon)
  const below = `Received: from x by mx.evil.example\r\n${letter({ more: ["X-Spam-Flag: YES"] })}`
  expect((await arrive(below, { via: "api" })).fate).toBe("opened")
  const above = `X-Spam-Flag: YES\r\nReceived: from x by mx.desk.example\r\n${letter()}`
  expect((await arrive(above, { via: "api" })).fate).toBe("spam")
})

test("spam's bytes are kept thirty days, that it came for ever", async () => {
  const row = await arrive(gus, { proven: refuted })
  expect(await forgetSpam(later(60 * 24 * 29))).toBe(0)
  expect(await forgetSpam(later(60 * 24 * 31))).toBe(1)
  expect(await db.select().from(mailBytes).where(eq(mailBytes.mailId, row.id))).toEqual([])
  expect(await rowNow(row.id)).toMatchObject({ fate: "spam" })
})

test("who sent it is looked at once, and stands when the mail is read again", async () => {
  const row = await arrive(letter())
  expect(row.authenticity).toMatchObject({ level: "none" })
  const [message] = await db.execute<{ authenticity: string }>(sql`select authenticity from messages`)
  expect(message?.authenticity).toBe("none")
  expect(dana.address).toBe(row.from)
})

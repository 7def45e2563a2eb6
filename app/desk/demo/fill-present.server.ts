import { keepFile } from "#app/models/cases/attachment.server.ts"
import { linkOrigin } from "#app/models/people/base-url.ts"
import type { Settings } from "#app/models/people/settings.ts"
import type { Tx } from "#db/connection.server.ts"
import { enclosures } from "./enclosures.server.ts"
import { frownScenes } from "./frown-scenes.ts"
import { type Ids, idsFor } from "./ids.server.ts"
import type { Ledger } from "./ledger.ts"
import { mailIn, numberLedger, oddMail } from "./mail-in.server.ts"
import { mailOut } from "./mail-out.server.ts"
import { dayOff, keepHours, matesOf } from "./mates.server.ts"
import { presentCases } from "./present.ts"
import type { Register } from "./register.ts"
import { type Placed, writeRows } from "./rows.ts"
import { scenesOf } from "./scenes.ts"
import { type Mate, sharing } from "./share.ts"
import { emptySheets, type Sheets } from "./sheets.ts"
import { store } from "./store.server.ts"
import type { Past } from "./telling.ts"

export type Told = { register: Register; ledger: Ledger; past: Past; desk: Settings }

/** The desk as it stands now: seven people at work, some sixty cases open, frowns due. How many cases it adds. */
export async function fillPresent(tx: Tx, told: Told): Promise<number> {
  const { past, desk, register, ledger } = told
  const { wall, now, dice, calendar, customers } = past
  const mates = await matesOf(tx, wall, now)
  const nameOf = (key: string) => mates.find((mate) => mate.key === key)?.name.split(" ")[0] ?? key
  const sharers = sharing(mates, desk["sharing.rampCases"], wall.zone)
  const scenes = [...scenesOf(now, wall, dice), ...frownScenes(calendar, wall, desk["frowns.dueBusinessDays"], now)]
  const world = { ...{ wall, dice, now, customers, nameOf }, desk: sharers, enclosures: enclosures() }
  const stories = presentCases(scenes, world)
  const inOrder = stories.toSorted((a, b) => a.openedAt.getTime() - b.openedAt.getTime())
  const sheets = emptySheets()
  const ids = await idsFor(tx, inOrder)
  const writing = { ids, register, dice, linkDays: desk["ratings.linkDays"] }
  const placed = inOrder.map((story) => writeRows(sheets, story, writing))
  const outgoing = { register, baseUrl: linkOrigin(desk), timeZone: wall.zone, nameOf: fullName(mates) }
  await mailOf(sheets, placed, ids, outgoing, past)
  const twin = sheets.mailReceived.find(({ caseNumber }) => caseNumber === numberOfTwin(placed, stories, scenes))
  if (twin) await oddMail(sheets, twin, [ids.mail(), ids.mail()], now, dice)
  numberLedger(sheets)
  for (const one of placed) await enclose(sheets, one)
  ledger.count(sheets)
  await store(tx, sheets)
  for (const mate of mates) await keepHours(tx, mate, sharers.lastGivenAt(mate.key))
  await dayOff(
    tx,
    mates.find(({ key }) => key === "Kristin"),
    wall,
    now,
  )
  return placed.length
}

const fullName = (mates: readonly Mate[]) => (key: string) => mates.find((mate) => mate.key === key)?.name ?? key

type Outgoing = Parameters<typeof mailOut>[4]

/** In the order in which it came and went, whatever case it belongs to. */
async function mailOf(sheets: Sheets, placed: readonly Placed[], ids: Ids, outgoing: Outgoing, { dice }: Past) {
  const all = placed.flatMap((one) => one.messages.map((message) => ({ one, message })))
  const mails = all.filter(({ message }) => message.said.asMail)
  for (const { one, message } of mails.toSorted((a, b) => a.message.said.at.getTime() - b.message.said.at.getTime())) {
    if (message.said.by !== null) await mailOut(sheets, one, message, ids.sent(), outgoing)
    else await mailIn(sheets, one, message, ids.mail(), { register: outgoing.register, dice })
  }
}

function numberOfTwin(placed: Placed[], stories: Placed["story"][], scenes: { extra: string | null }[]) {
  const story = stories[scenes.findIndex(({ extra }) => extra === "twice")]
  return placed.find((one) => one.story === story)?.number ?? null
}

async function enclose(sheets: Sheets, { messages }: Placed) {
  for (const { said, id: messageId } of messages)
    for (const { filename, contentType, bytes } of said.files) {
      const inline = said.html?.includes("cid:") ?? false
      const kept = await keepFile(bytes)
      const contentId = inline ? "screen@harbor" : null
      sheets.attachments.push({ messageId, ...kept, filename, contentType, inline, contentId, createdAt: said.at })
    }
}

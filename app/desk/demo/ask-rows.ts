import { standingOf } from "#app/models/ratings/standing.ts"
import type { Dice } from "./dice.ts"
import type { Register } from "./register.ts"
import type { Placed } from "./rows.ts"
import type { Sheets } from "./sheets.ts"
import type { DemoAsk, DemoCase } from "./story.ts"

type Desk = { register: Register; dice: Dice; linkDays: number }

/** The asks of a case with their presses, words and what stands of them. */
export function askRows(sheets: Sheets, placed: Placed, frownId: number | null, desk: Desk) {
  for (const message of placed.messages) {
    const { ask, by } = message.said
    if (!ask || by === null || message.requestId === null) continue
    sheets.requests.push(requestRow(placed, { ...message, ask, by }, frownId, desk))
    voteRows(sheets, ask, message.requestId, desk.dice)
    ratingRow(sheets, ask, message.requestId, placed.story)
  }
}

type Asked = Placed["messages"][number] & { ask: DemoAsk; by: string }

function requestRow({ story, number, customerId }: Placed, asked: Asked, frownId: number | null, desk: Desk) {
  const { ask, by } = asked
  return {
    id: asked.requestId ?? 0,
    tokenHash: ask.leftOff ? null : asked.tokenHash,
    replyId: asked.id,
    caseNumber: number,
    originCaseNumber: number,
    customerId,
    agentId: desk.register.agent(by),
    mailboxId: desk.register.mailbox(story.mailbox),
    recoveryFrownId: ask.recovery ? frownId : null,
    leftOffBy: ask.leftOff ? desk.register.agent(by) : null,
    madeAt: asked.said.at,
    sentAt: ask.sentAt,
    expiresAt: new Date(ask.sentAt.getTime() + desk.linkDays * 86_400_000),
  }
}

function voteRows(sheets: Sheets, ask: DemoAsk, requestId: number, dice: Dice) {
  const [lineageHash, clientKey] = [dice.hex(64), dice.hex(32)]
  for (const { at, face, status, because, settledAt } of ask.votes)
    sheets.votes.push({
      ...{ requestId, at, face, status, because, settledAt, lineageHash, clientKey },
      mode: "tap",
      dwellMs: Math.round(dice.lognormal(4200, 0.6)),
      gesture: true,
    })
  // Words with an OK or a frown were put before the team when they settled; they must not be put there again.
  const last = ask.votes.at(-1)
  const spokenAt = last && last.face !== "happy" ? last.settledAt : null
  if (ask.comment) sheets.comments.push({ requestId, ...ask.comment, spokenAt })
}

function ratingRow(sheets: Sheets, ask: DemoAsk, requestId: number, { frown }: DemoCase) {
  const final = ask.votes.filter(({ settledAt }) => settledAt !== null)
  const word = standingOf(final, isAbout(ask) ? (frown?.firstContactAt ?? null) : null)
  const settledAt = final.at(-1)?.settledAt
  if (word && settledAt) sheets.ratings.push({ requestId, ...word, settledAt })
}

/** A frown is about every ask of its case that was ever frowned at. */
export const isAbout = (ask: DemoAsk) => ask.votes.some(({ face, status }) => face === "frown" && status === "accepted")

import { addDays } from "#app/models/people/hours.ts"
import type { Face } from "#app/models/ratings/face.ts"
import type { BoxKey } from "./cast.ts"
import { later, type Wall } from "./days.ts"
import type { Dice } from "./dice.ts"
import type { FrownScene } from "./frown-scenes.ts"

/** The customer asks, and at some time we answer; null: not yet. */
export type Turn = { asked: Date; answered: Date | null }

/** A case of these days, before anybody has it. */
export type Scene = {
  mailbox: BoxKey
  turns: Turn[]
  closes: boolean
  snoozedUntil: Date | null
  /** It stood too long, went back to the pool and was given again then. */
  givenAgainAt: Date | null
  rated: { at: Date; face: Face } | null
  extra: Extra | null
  frown: FrownScene | null
}

/** What makes some cases worth a closer look. */
export type Extra = "html" | "inline image" | "screenshot" | "pdf" | "draft" | "note" | "out of office" | "twice"

const still = { closes: false, snoozedUntil: null, givenAgainAt: null, rated: null, extra: null, frown: null }

/** Ann left for a while this many minutes ago; what comes for billing since then piles up on Chase. */
export const awayForMinutes = 50

export function scenesOf(now: Date, wall: Wall, dice: Dice): Scene[] {
  const ago = (minutes: number) => later(now, -(minutes + dice.next() * 0.9))
  const open = (mailbox: BoxKey, minutes: number, extra: Extra | null = null): Scene => ({
    ...{ ...still, mailbox, extra },
    turns: [{ asked: ago(minutes), answered: null }],
  })
  return [
    ...waitingHelp.map(([minutes, extra]) => open("help", minutes, extra)),
    ...waitingBilling.map(([minutes, extra]) => open("billing", minutes, extra)),
    ...wroteAgain.map((minutes) => ({ ...still, mailbox: "help" as const, turns: again(ago, minutes, dice) })),
    ...stoodTooLong.map(([asked, given]) => ({ ...open("help", asked), givenAgainAt: ago(given) })),
    ...onThem(ago, dice),
    ...snoozed(ago, wall, now, dice),
    ...answeredToday(now, wall, dice),
  ]
}

const waitingHelp: [number, Extra | null][] = [
  [3, "inline image"],
  [8, null],
  [13, "screenshot"],
  [21, null],
  [27, "twice"],
  [34, "html"],
  [42, null],
  [51, "draft"],
  [63, null],
  [74, "note"],
  [88, null],
  [101, "pdf"],
  [119, "draft"],
  [137, null],
  [158, "note"],
  [181, "html"],
  [204, null],
]

const waitingBilling: [number, Extra | null][] = [
  [5, null],
  [11, "pdf"],
  [16, null],
  [22, null],
  [26, null],
  [31, "html"],
  [37, null],
  [41, null],
  [46, null],
  [58, "draft"],
  [83, null],
  [112, "note"],
  [149, null],
]

const wroteAgain = [6, 29, 55, 96, 143]
const stoodTooLong = [
  [330, 95],
  [560, 128],
  [1150, 160],
] as const

type Ago = (minutes: number) => Date

function again(ago: Ago, minutes: number, dice: Dice): Turn[] {
  const asked = 1450 + dice.between(0, 500)
  return [
    { asked: ago(asked), answered: ago(asked - dice.between(20, 90)) },
    { asked: ago(minutes), answered: null },
  ]
}

/** Two of their mails have just been rated. */
function onThem(ago: Ago, dice: Dice): Scene[] {
  const asked = [115, 150, 190, 260, 340, 1500, 1650, 1900, 2900]
  return asked.map((minutes, place) => ({
    ...{ ...still, mailbox: "help" },
    turns: [{ asked: ago(minutes), answered: ago(minutes - dice.between(12, 48)) }],
    rated: place < 2 ? { at: ago(place * 0.6 + 0.3), face: place === 0 ? "frown" : "happy" } : null,
    extra: place === 3 ? "out of office" : null,
  }))
}

function snoozed(ago: Ago, wall: Wall, now: Date, dice: Dice): Scene[] {
  return [1, 2, 4, 7].map((days) => ({
    ...{ ...still, mailbox: "help" },
    turns: [{ asked: ago(1600 + days * 40), answered: ago(1500 + dice.between(0, 80)) }],
    snoozedUntil: wall.at(addDays(wall.dayOf(now), days), 9 * 60),
  }))
}

/** What was done today: about one case in ten minutes, all answered before the last hour began. */
function answeredToday(now: Date, wall: Wall, dice: Dice): Scene[] {
  const midnight = wall.at(wall.dayOf(now), 0)
  const minutes = Math.min(540, Math.floor((now.getTime() - midnight.getTime()) / 60_000))
  const count = Math.max(0, Math.floor((minutes - 110) / 9))
  return Array.from({ length: count }, () => {
    const asked = dice.between(awayForMinutes + 60, minutes - 1)
    const answered = later(now, -(asked - dice.between(6, 50)))
    const at = later(answered, dice.between(3, awayForMinutes))
    const face = dice.chance(0.08) ? "ok" : "happy"
    return {
      ...{ ...still, closes: true, mailbox: dice.chance(0.25) ? "billing" : "help" },
      turns: [{ asked: later(now, -asked), answered }],
      rated: dice.chance(0.3) ? { at, face } : null,
    }
  })
}

import type { Face } from "#app/models/ratings/face.ts"
import type { Dice } from "./dice.ts"
import type { Era } from "./era.ts"
import { type HalfPlan, repliesPerCase, type Slot } from "./plan.ts"
import { drawPlaces, facesOf } from "./quota.ts"

/** About as many as rated at 37signals. */
const responseRate = 0.3
const quietDays = 12

/** Gives each half exactly its faces: how many press is counted out, who presses what is chance with a leaning. */
export function rateEra(plans: readonly HalfPlan[], era: Era, now: Date, dice: Dice) {
  const asked = plans.map(({ slots }) => slots.filter(({ leftOff }) => !leftOff).length * repliesPerCase)
  const mean = asked.reduce((sum, count) => sum + count, 0) / asked.length
  for (const [place, plan] of plans.entries()) {
    const wished = (era.evenHalves ? mean : (asked[place] ?? 0)) * responseRate
    rateHalf(plan, Math.max(1, Math.round(wished / era.ratedStep)) * era.ratedStep, now, dice)
  }
}

function rateHalf({ half, slots }: HalfPlan, rated: number, now: Date, dice: Dice) {
  const open = slots.filter(({ leftOff }) => !leftOff)
  const even = open.map(() => 1)
  const chosen = drawPlaces(even, Math.min(rated, open.length), dice).flatMap((place) => open[place] ?? [])
  const counts = facesOf(chosen.length, half.shares)
  // A frown of the last days would still be open: those of the present are written by hand.
  const quietSince = now.getTime() - quietDays * 86_400_000
  draw(chosen, "frown", counts.frown, (slot) => (slot.answeredAt.getTime() > quietSince ? 0 : gloomOf(slot)), dice)
  draw(chosen, "ok", counts.ok, (slot) => gloomOf(slot) ** 0.6, dice)
  for (const slot of chosen) slot.face ??= "happy"
}

function draw(chosen: Slot[], face: Face, count: number, weigh: (slot: Slot) => number, dice: Dice) {
  const weights = chosen.map((slot) => (slot.face === null ? weigh(slot) : 0))
  for (const place of drawPlaces(weights, count, dice)) {
    const slot = chosen[place]
    if (slot) slot.face = face
  }
}

/** Whoever waited long, on a heavy day of a bad week, is likelier to frown. */
function gloomOf({ strain, openedAt, answeredAt }: Slot) {
  const hours = (answeredAt.getTime() - openedAt.getTime()) / 3_600_000
  return (Math.max(strain, 1) / 40) ** 0.6 * (1 + hours / 8)
}

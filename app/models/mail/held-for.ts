import type { Standing } from "./place.ts"

/** Why a mail stands in its case and moves nothing. */
export const heldReasons = ["new sender", "disowned", "volume"] as const
export type HeldFor = (typeof heldReasons)[number]

export const heldFor: Record<Standing, HeldFor | null> = {
  speaks: null,
  pending: null,
  unverified: "new sender",
  held: "disowned",
  slowed: "volume",
}

/** In a word beside the mail, and what a person is asked below it. */
export const heldWords: Record<HeldFor, { badge: string; asks: string }> = {
  "new sender": { badge: "New sender", asks: "It moves nothing until you say whether its sender takes part." },
  disowned: { badge: "Sender not verified", asks: "It moves nothing until you say who it is from." },
  volume: {
    badge: "Held: too many at once",
    asks: "Its sender is not in doubt. It moves nothing until you accept it; more of them may come from a machine.",
  },
}

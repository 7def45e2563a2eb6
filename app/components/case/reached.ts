import type { Delivery } from "#app/models/mail/delivery.ts"

/** How many of several a mail has reached so far; null where there is nothing to count. */
export function reached(to: Delivery["to"]): string | null {
  if (to.length < 2) return null
  const count = to.filter(({ state }) => state === "accepted").length
  if (count === 0 || count === to.length) return null
  return `Taken for ${count} of ${to.length}.`
}

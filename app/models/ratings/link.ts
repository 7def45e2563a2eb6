import type { LinkState } from "./press.ts"

type LinkFacts = { revokedAt: Date | null; expiresAt: Date | null }

const day = 86_400_000

/**
 * Whether a link still rates. It lives its days from the sending, and as long as a frown it belongs to is open and
 * those days again after, so that who was won back can say so. Not yet known to be sent is live: it arrived.
 */
export function linkState(
  { revokedAt, expiresAt }: LinkFacts,
  frown: { closedAt: Date | null } | null,
  days: number,
  now: Date,
): LinkState {
  if (revokedAt) return "revoked"
  if (!expiresAt || now <= expiresAt) return "live"
  if (!frown) return "expired"
  return frown.closedAt === null || now.getTime() <= frown.closedAt.getTime() + days * day ? "live" : "expired"
}

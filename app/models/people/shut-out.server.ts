import { sql } from "drizzle-orm"
import { agents } from "#db/tables/people.ts"

/**
 * Accounts whose password is known to all open nothing on a desk where somebody real is admin: an active admin with a
 * password of their own.
 */
export const isShutOut = sql<boolean>`(${agents.passwordIsPublic} and exists (
  select from ${agents} as real where real.role = 'admin' and real.deactivated_at is null
     and real.password_hash is not null and not real.password_is_public))`

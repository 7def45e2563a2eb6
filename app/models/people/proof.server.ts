import { isPasswordOf } from "./account.server.ts"
import { provedAgain } from "./own-sessions.server.ts"
import type { Session } from "./session.server.ts"
import { countTry, forgetTry } from "./tries.server.ts"

/** The password typed again by whoever is signed in, counted like a try to sign in. Null when it is theirs, else words. */
export async function proveAgain(
  session: Session,
  password: string,
  remote: string,
  now: Date,
): Promise<string | null> {
  const { id, email } = session.viewer
  const wait = await countTry(email, remote)
  if (wait !== null) return `Too many tries. Wait ${Math.ceil(wait / 60)} minutes and try again`
  if (!(await isPasswordOf(id, password))) return "That is not your password"
  await forgetTry(email, remote)
  await provedAgain(session.tokenHash, now)
  return null
}

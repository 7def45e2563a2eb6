import { isPasswordOf } from "./account.server.ts"
import { deviceOf } from "./device.server.ts"
import { provedAgain } from "./own-sessions.server.ts"
import { giveBack, take } from "./rate-limit.server.ts"
import type { Session } from "./session.server.ts"
import { proofBucket, waitWords } from "./tries.ts"

/** Why it is not proven who sits there; with the seconds to wait where that is the reason. */
export type NoProof = { words: string; waitSeconds: number | null }

/** The password typed again by whoever is signed in, counted. Null when it is theirs. */
export async function proveAgain(
  request: Request,
  session: Session,
  password: string,
  now: Date,
): Promise<NoProof | null> {
  const bucket = proofBucket(session.viewer.id, deviceOf(request, session.viewer.id))
  const waitSeconds = await take(bucket, now)
  if (waitSeconds !== null) return { words: waitWords(waitSeconds), waitSeconds }
  if (!(await isPasswordOf(session.viewer.id, password)))
    return { words: "That is not your password", waitSeconds: null }
  await giveBack(bucket)
  await provedAgain(session.tokenHash, now)
  return null
}

import { eq } from "drizzle-orm"
import { db } from "#db/connection.server.ts"
import { agents } from "#db/tables/people.ts"
import { tell } from "./notice.server.ts"

const text = `Somebody is trying many passwords on your account from many addresses. The desk lets only a few of them through, and none has opened it.

You can sign in as always. From a browser you have used before it takes no longer than usual; from a new one the desk may ask you to wait up to a minute.

If your password is short, or you use it elsewhere, change it now under Me.`

/** By mail, since the owner may not be at the desk. Once a day. */
export const tellOfAttack = (agentId: number, now: Date) =>
  db.transaction((tx) =>
    tell(
      tx,
      { subject: "Somebody is trying to sign in as you", text, key: `attack ${agentId}` },
      eq(agents.id, agentId),
      now,
    ),
  )

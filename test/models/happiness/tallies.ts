import { db } from "#db/connection.server.ts"
import { ratingTallies } from "#db/tables/ratings.ts"
import { replyTallies } from "#db/tables/sharing.ts"
import { bo, help } from "#test/fixtures/desk.ts"

type Where = { mailboxId?: number; agentId?: number; basis?: "sent" | "rated"; asked?: number; leftOff?: number }

/** A day's ratings as "happy/ok/frown". */
export async function rated(day: string, counts: string, where: Where = {}) {
  const [happy = 0, ok = 0, frown = 0] = counts.split("/").map(Number)
  const { mailboxId = help.id, agentId = bo.id, basis = "sent", leftOff = 0, asked = happy + ok + frown } = where
  await db.insert(ratingTallies).values({ basis, day, mailboxId, agentId, asked, leftOff, happy, ok, frown })
}

export async function replied(day: string, agentId: number, replies: number, mailboxId: number = help.id) {
  await db.insert(replyTallies).values({ day, mailboxId, agentId, replies })
}

/** The product's own story: 2010 at 84/9/7, 2011 at 90/7/3, its second half at 92/5/3. */
export async function story() {
  await rated("2010-02-10", "400/50/30", { asked: 1500 })
  await rated("2010-12-31", "440/40/40", { asked: 1500 })
  await rated("2011-01-01", "500/50/20", { asked: 1500 })
  await rated("2011-06-30", "380/40/10", { asked: 1700 })
  await rated("2011-07-01", "420/30/20", { asked: 1752 })
  await rated("2011-12-31", "500/20/10", { asked: 1500 })
  await replied("2010-02-10", bo.id, 80)
  await replied("2011-02-10", bo.id, 40)
}

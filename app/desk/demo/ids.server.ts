import type { Tx } from "#db/connection.server.ts"
import { cases, messages } from "#db/tables/cases.ts"
import { frowns } from "#db/tables/frowns.ts"
import { mailReceived, mailToSend } from "#db/tables/mail.ts"
import { customers } from "#db/tables/people.ts"
import { ratingRequests } from "#db/tables/ratings.ts"
import { takeIds } from "./pour.server.ts"
import type { DemoCase } from "./story.ts"

/** The next id of each kind; throws when more are asked for than were counted. */
export type Ids = Record<"customer" | "kase" | "message" | "request" | "frown" | "mail" | "sent", () => number>

/** A duplicate and a bounce, which belong to no story. */
const oddMails = 2

/** As many ids as these stories need, from the desk's own sequences. */
export async function idsFor(tx: Tx, stories: readonly DemoCase[]): Promise<Ids> {
  const said = stories.flatMap((story) => story.messages)
  const asMail = said.filter((message) => message.asMail)
  const strangers = new Set(stories.map(({ customer }) => customer).filter(({ id }) => id === null)).size
  return {
    customer: counter(await takeIds(tx, customers, "id", strangers)),
    kase: counter(await takeIds(tx, cases, "number", stories.length)),
    message: counter(await takeIds(tx, messages, "id", said.length)),
    request: counter(await takeIds(tx, ratingRequests, "id", said.filter(({ ask }) => ask).length)),
    frown: counter(await takeIds(tx, frowns, "id", stories.filter(({ frown }) => frown).length)),
    mail: counter(await takeIds(tx, mailReceived, "id", asMail.filter(({ by }) => by === null).length + oddMails)),
    sent: counter(await takeIds(tx, mailToSend, "id", asMail.filter(({ by }) => by !== null).length)),
  }
}

function counter(ids: readonly number[]) {
  let next = 0
  return () => {
    const id = ids[next++]
    if (id === undefined) throw new Error("more rows than were counted")
    return id
  }
}

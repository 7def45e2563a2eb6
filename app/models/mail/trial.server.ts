import { randomBytes } from "node:crypto"
import { db } from "#db/connection.server.ts"
import { openTransport } from "#emails/outgoing/transport.server.ts"
import { composeTrial } from "#emails/outgoing/trial.server.ts"
import { ourMessageId } from "#emails/signed.server.ts"
import { isAtLeast, type Viewer } from "../people/agent.ts"
import { mailboxById } from "../people/mailbox.server.ts"
import { secretKey } from "../people/secret.server.ts"
import { domainOf, signFor } from "./dkim.server.ts"
import { accountFrom, accountRow } from "./smtp-account.server.ts"
import { beginTrial } from "./trial-limits.server.ts"

const limits = { answer: 10_000, rest: 10_000 }

export type Tried = { isTaken: boolean; words: string }

/** Sends the viewer a mail by the mailbox's own server, at once and once, and says what the server said. */
export async function trySending(viewer: Viewer, mailboxId: number, now: () => Date): Promise<Tried | "not possible"> {
  const [box, row] = await Promise.all([mailboxById(mailboxId), accountRow(mailboxId)])
  if (!isAtLeast(viewer, "admin") || !box || !row) return "not possible"
  const trial = await beginTrial(viewer, row.host, now())
  if (typeof trial === "string") return { isTaken: false, words: trial }
  const messageId = ourMessageId(randomBytes(12).toString("hex"), domainOf(box.address), secretKey("message id"))
  const to = { name: viewer.name, address: viewer.email }
  const written = await composeTrial({ messageId, from: box, to, host: row.host, date: now() })
  const raw = await db.transaction((tx) => signFor(tx, box.address, written, now()))
  const transport = openTransport({ ...limits, connect: trial.connect })
  const envelopeId = messageId.replace(/^<|>$/g, "")
  const mail = { from: box.address, to: [viewer.email], envelopeId, raw, beforeDot: async () => {} }
  const outcome = await transport.send(accountFrom(row, now), mail)
  transport.close()
  if (outcome.verdict !== "answered") return { isTaken: false, words: await trial.evenOut(outcome.words) }
  const [answer] = outcome.recipients
  return { isTaken: answer?.state === "accepted", words: answer?.answer ?? "" }
}

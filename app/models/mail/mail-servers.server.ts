import { asc, eq, isNull } from "drizzle-orm"
import { db } from "#db/connection.server.ts"
import { mailboxes } from "#db/tables/people.ts"
import { imapAccounts, smtpAccounts } from "#db/tables/ways.ts"
import { openImap } from "#emails/incoming/imap.server.ts"
import { troubleFrom } from "#emails/incoming/imap-trouble.ts"
import { type Account, accountOf, serverOf } from "#emails/outgoing/account.ts"
import { dial } from "#emails/outgoing/smtp.server.ts"
import { mostBytes } from "./hand-in.server.ts"
import { type ImapRow, serverOf as imapServerOf } from "./imap-account.server.ts"
import type { MailServers } from "./mail-servers.ts"
import { type AccountRow, accountFrom } from "./smtp-account.server.ts"

/** Milliseconds; a person waits for the answer. */
const patience = 8000
const limits = { connect: patience, answer: patience, rest: patience }

async function rowsOf() {
  return db
    .select({ box: mailboxes, own: smtpAccounts, imap: imapAccounts })
    .from(mailboxes)
    .leftJoin(smtpAccounts, eq(smtpAccounts.mailboxId, mailboxes.id))
    .leftJoin(imapAccounts, eq(imapAccounts.mailboxId, mailboxes.id))
    .where(isNull(mailboxes.closedAt))
    .orderBy(asc(mailboxes.address))
}

/** The servers of every open mailbox. */
export async function mailServers(smtpUrl: string | null): Promise<MailServers[]> {
  const desk = smtpUrl === null ? null : ({ by: "desk", server: serverOf(accountOf(smtpUrl)) } as const)
  return (await rowsOf()).map(({ box, own, imap }) => ({
    id: box.id,
    address: box.address,
    outgoing: own ? { by: "own", server: `${own.host}:${own.port}` } : desk,
    incoming: imap ? { server: `${imap.host}:${imap.port}` } : null,
    isPaused: box.pausedAt !== null,
  }))
}

/** `isMet`: it answered as a mail server, whatever it said. */
export type Tried = { isGood: boolean; isMet: boolean; words: string }

export const tryDesks = (smtpUrl: string) => tryAccount(accountOf(smtpUrl))

/** Signs in at every server of a mailbox's own, all side by side; nothing is sent or fetched. */
export async function tryMailServers(now: () => Date) {
  const tries = (await rowsOf()).flatMap(({ box, own, imap }) => [
    ...(own ? [tried(box.address, "outgoing", own, tryOwn(own, now))] : []),
    ...(imap ? [tried(box.address, "incoming", imap, tryImap(imap, now()))] : []),
  ])
  return Promise.all(tries)
}

async function tried(
  address: string,
  way: "outgoing" | "incoming",
  at: { host: string; port: number },
  asked: Promise<Tried>,
) {
  return { address, way, server: `${at.host}:${at.port}`, ...(await asked) }
}

const tryOwn = async (row: AccountRow, now: () => Date) => tryAccount(accountFrom(row, now))

async function tryAccount(account: Account): Promise<Tried> {
  const met = await dial(account, limits)
  if ("words" in met) return { isGood: false, isMet: !met.isUnmet, words: met.words }
  met.quit()
  met.close()
  return { isGood: true, isMet: true, words: "" }
}

async function tryImap(row: ImapRow, now: Date): Promise<Tried> {
  try {
    const imap = await openImap({ ...(await imapServerOf(row, null, now)), patience }, mostBytes)
    await imap.open(row.folder).finally(() => imap.close())
    return { isGood: true, isMet: true, words: "" }
  } catch (error) {
    // Whatever went wrong is what was asked.
    const { message, isRefusedSignIn } = troubleFrom(error)
    return { isGood: false, isMet: isRefusedSignIn, words: message }
  }
}

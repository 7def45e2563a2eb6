import { eq } from "drizzle-orm"
import { db } from "#db/connection.server.ts"
import { imapAccounts } from "#db/tables/ways.ts"
import { type Imap, openImap } from "#emails/incoming/imap.server.ts"
import { troubleFrom } from "#emails/incoming/imap-trouble.ts"
import { isAtLeast, type Viewer } from "../people/agent.ts"
import { mostBytes } from "./hand-in.server.ts"
import { type ImapRow, serverOf } from "./imap-account.server.ts"
import { beginTrial } from "./trial-limits.server.ts"

export type Tried = { isGood: boolean; words: string }

/** Signs in where a mailbox lies and says what is there, or the server's own refusal. Nothing is fetched by it. */
export async function tryFetching(viewer: Viewer, mailboxId: number, now: Date): Promise<Tried | "not possible"> {
  if (!isAtLeast(viewer, "admin")) return "not possible"
  const [account] = await db.select().from(imapAccounts).where(eq(imapAccounts.mailboxId, mailboxId))
  if (!account) return "not possible"
  const trial = await beginTrial(viewer, account.host, now)
  if (typeof trial === "string") return { isGood: false, words: trial }
  const tried = await look(account, trial.connect, now)
  await trial.evenOut(tried.words)
  // One that was left alone after too many refusals is fetched again as soon as it works.
  if (tried.isGood && account.pausedAt !== null)
    await db
      .update(imapAccounts)
      .set({ pausedAt: null, problem: null, problemAt: null })
      .where(eq(imapAccounts.mailboxId, mailboxId))
  return tried
}

async function look(account: ImapRow, connect: number, now: Date): Promise<Tried> {
  try {
    const imap = await openImap({ ...(await serverOf(account, null, now)), patience: connect }, mostBytes)
    return await sightOf(imap, account).finally(() => imap.close())
  } catch (error) {
    // Whatever went wrong is what the admin asked to hear.
    return { isGood: false, words: troubleFrom(error).message }
  }
}

async function sightOf(imap: Imap, { folder, afterwards, moveTo }: ImapRow): Promise<Tried> {
  const names = await imap.folders()
  // INBOX is INBOX however it is written (RFC 3501 5.1).
  const plain = (name: string) => (/^inbox$/i.test(name) ? "INBOX" : name)
  const isThere = (wanted: string) => names.some((name) => plain(name) === plain(wanted))
  if (!isThere(folder))
    return { isGood: false, words: `Signed in, but there is no folder ${folder}. There are ${listed(names)}.` }
  const { exists } = await imap.open(folder)
  const mails = exists === 1 ? "one mail" : `${exists === 0 ? "no" : exists} mails`
  const made = afterwards === "move" && moveTo && !isThere(moveTo) ? ` The folder ${moveTo} will be made.` : ""
  return { isGood: true, words: `Signed in. ${folder} holds ${mails}; the folders are ${listed(names)}.${made}` }
}

const mostNames = 12

function listed(names: string[]) {
  const shown = names.slice(0, mostNames)
  const more = names.length - shown.length
  return `${shown.join(", ")}${more > 0 ? ` and ${more} more` : ""}`
}

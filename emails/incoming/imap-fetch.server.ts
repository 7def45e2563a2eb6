import type { FetchMessageObject, FetchQueryObject, ImapFlow } from "imapflow"
import { textPartsOf } from "./imap-parts.ts"
import { ImapTrouble } from "./imap-trouble.ts"
import { leftBehind } from "./left-behind.server.ts"

const mostOfAText = 1024 * 1024

/** The server has this email and does not hand it over; it hands over others. */
export class MailWithheld extends ImapTrouble {}

type Asked = <T>(work: Promise<T>) => Promise<T>
type FetchOne = (uid: number, query: FetchQueryObject) => Promise<FetchMessageObject | null>

/** What is asked of single mails. One that the server stumbles over must not stand for the rest of the folder. */
export function fetching(client: ImapFlow, asked: Asked) {
  const one: FetchOne = async (uid, query) => (await asked(client.fetchOne(String(uid), query, { uid: true }))) || null
  /** Nothing is passed over as gone unless the server says so itself; a line that is lost is lost here. */
  const orGone = async (uid: number, refusal: ImapTrouble | null) => {
    await asked(client.noop())
    const found = await asked(client.search({ uid: String(uid) }, { uid: true }))
    if (!found || found.includes(uid))
      throw new MailWithheld(refusal?.message ?? "The server would not hand a mail over.")
    return null
  }
  const handed = async (uid: number, work: () => Promise<Buffer | null | undefined>) => {
    let refusal: ImapTrouble | null = null
    try {
      const bytes = await work()
      if (bytes && bytes.length > 0) return bytes
    } catch (error) {
      // NO to one FETCH is about one email, as long as the session goes on.
      if (!(error instanceof ImapTrouble) || !client.usable) throw error
      refusal = error
    }
    return orGone(uid, refusal)
  }
  /** One answer for many mails; one by one where the server stumbles over some of them. */
  const each = async (uids: number[], query: FetchQueryObject): Promise<FetchMessageObject[]> => {
    if (uids.length === 0) return []
    try {
      return await asked(client.fetchAll(uids.join(","), query, { uid: true }))
    } catch (error) {
      // As above: a session that goes on has refused, and may answer about most of them.
      if (!client.usable) throw error
    }
    const found: FetchMessageObject[] = []
    for (const uid of uids) {
      const mail = await one(uid, query).catch((error) => {
        // The one it stumbles over is met again when its bytes are asked for.
        if (!client.usable) throw error
        return null
      })
      if (mail) found.push(mail)
    }
    return found
  }
  return {
    each,
    /** Its bytes; null when it is gone by now. */
    whole: (uid: number) => handed(uid, async () => (await one(uid, { source: true }))?.source),
    /** What stands for a mail that is too large; null when it is gone by now. */
    outline: (uid: number, size: number) => handed(uid, () => outlineOf(one, uid, size)),
    /** What the server tells of a mail that it does not hand over. */
    about: async (uid: number) => {
      const mail = await one(uid, { envelope: true }).catch(() => null) // It stumbles over that as well.
      const { subject = "", from = [], date } = mail?.envelope ?? {}
      const sent = new Date(date ?? Number.NaN)
      const day = Number.isNaN(sent.getTime()) ? "" : sent.toISOString().slice(0, 10)
      return [subject && `“${subject.slice(0, 200)}”`, from[0]?.address ?? "", day]
        .filter((word) => word !== "")
        .join(", ")
    },
  }
}

/** A mail in place of one that is too large: its header and texts, and what was left where it is. */
async function outlineOf(one: FetchOne, uid: number, size: number): Promise<Buffer | null> {
  const mail = await one(uid, { headers: true, bodyStructure: true })
  if (!mail?.headers) return null
  const { texts, files } = textPartsOf(mail.bodyStructure)
  const bodyParts = texts.map(({ part }) => ({ key: part, maxLength: mostOfAText }))
  const read = bodyParts.length > 0 ? await one(uid, { bodyParts }) : null
  const bodies = texts.map((text) => ({ ...text, body: read?.bodyParts?.get(text.part) || Buffer.alloc(0) }))
  return leftBehind(mail.headers, bodies, { size, files })
}

import type { Tx } from "#db/connection.server.ts"
import type { Fate } from "#db/tables/mail.ts"
import { readOurMessageId, readReturnPath } from "#emails/signed.server.ts"
import { secretKey } from "../people/secret.server.ts"
import { type Box, boxAt, boxFor } from "./addressed.ts"
import { type Arrived, boxesOf, firstOfIts, takeTurns } from "./arrived.server.ts"
import { takeBack } from "./came-back.server.ts"
import { senderOf } from "./participants.ts"
import { type Pointed, pointersOf } from "./pointers.server.ts"
import { joinWith, openWith, type Scene } from "./stand.server.ts"
import { type Place, placeOf, placeOfAnswer } from "./threading.ts"

export type Outcome = {
  fate: Fate
  caseNumber: number | null
  because: string
  /** The case now waits and may need somebody; null: nothing to give out. */
  give: Pick<Pointed, "agentId"> | "nobody has it" | null
}

/** What becomes of a mail, done in the transaction of its ledger row (mail.md 3.0, decisions 33). */
export async function takeIn(tx: Tx, mail: Arrived, now: Date): Promise<Outcome> {
  // One connection answers in order, so that waiting once is enough.
  const [, first, boxes] = await Promise.all([takeTurns(tx, mail), firstOfIts(tx, mail), boxesOf(tx)])
  if (first) return rest("duplicate", `The same mail came before, as number ${first.id}.`, first.caseNumber)
  if (isOwn(mail, boxes)) return rest("own", "We sent it ourselves and it came back around.")
  const addressed = boxFor(boxes, mail.row.envelopeTo, mail.email)
  if (!addressed) throw new Error("there is no mailbox to put a mail into")
  const scene = { boxes, addressed, sender: senderOf(mail.email, addressed.box.trustedForms) }
  const { kind, answersUs } = mail.email.machine
  if (kind === "bounce" || kind === "complaint") {
    const told = await takeBack(tx, mail, scene, now)
    return rest(kind, told.because, told.caseNumber)
  }
  const known = scene.sender.isCertain ? scene.sender.address : null
  const pointers = await pointersOf(tx, mail.email, mail.row.envelopeTo, known)
  return answersUs ? automatic(tx, mail, pointers, scene, now) : spoken(tx, mail, pointers, scene, now)
}

const rest = (fate: Fate, because: string, caseNumber: number | null = null): Outcome => ({
  fate,
  because,
  caseNumber,
  give: null,
})

/** Out of office and the like: quietly into the case it answers, else nowhere but the ledger. */
async function automatic(tx: Tx, mail: Arrived, pointers: Pointed[], scene: Scene, now: Date): Promise<Outcome> {
  const place = placeOfAnswer(pointers)
  const sign = `An automatic answer: ${mail.email.machine.because}.`
  if (place.into === null) return rest("auto", `${sign} It answers no case we know.`)
  await joinWith(tx, mail, { ...place, isQuiet: true }, scene, now)
  return rest("auto", `${sign} ${place.because}`, place.into)
}

async function spoken(tx: Tx, mail: Arrived, pointers: Pointed[], scene: Scene, now: Date): Promise<Outcome> {
  const place: Place = mail.row.caseNumber === null ? placeOf(pointers) : readAtLast(mail.row.caseNumber)
  const because = [place.because, scene.addressed.note, troubleOf(mail)].filter((words) => words !== "").join(" ")
  if (place.into === null) {
    const caseNumber = await openWith(tx, mail, scene, now)
    const words = because || `New mail to ${scene.addressed.box.address}.`
    return { fate: "opened", caseNumber, because: words, give: mail.row.asClosed ? null : "nobody has it" }
  }
  await joinWith(tx, mail, { ...place, isQuiet: mail.email.machine.kind !== null }, scene, now)
  const holder = pointers.find(({ caseNumber }) => caseNumber === place.into) ?? null
  const speaks = !place.unverified && mail.email.machine.kind === null && !mail.row.asClosed
  return { fate: "joined", caseNumber: place.into, because, give: speaks ? (holder ?? "nobody has it") : null }
}

/** A mail that failed before has a case already, with its original in it. */
const readAtLast = (into: number): Place => ({ into, unverified: false, because: "Could be read on a later try." })

const troubleOf = ({ email }: Arrived) => (email.trouble ? `${email.trouble} The original is attached.` : "")

/** Our own mail looped back to us: sent under our return path, or minted and signed by us and from one of our mailboxes. */
function isOwn({ row, email }: Arrived, boxes: readonly Box[]) {
  if (readReturnPath(row.envelopeFrom, secretKey("reply address"))) return true
  const minted = email.messageId !== null && readOurMessageId(email.messageId, secretKey("message id"))
  return (
    typeof minted === "object" && minted !== null && email.from.some(({ address }) => boxAt(boxes, address) !== null)
  )
}

import type { Tx } from "#db/connection.server.ts"
import type { Fate } from "#db/tables/mail.ts"
import { readOurMessageId, readReturnPath } from "#emails/signed.server.ts"
import { secretKey } from "../people/secret.server.ts"
import { settingIn } from "../people/settings.server.ts"
import { acknowledge } from "./acknowledge.server.ts"
import { type Box, boxAt, boxFor } from "./addressed.ts"
import { type Arrived, boxesOf, earlierOf, takeTurns } from "./arrived.server.ts"
import { voiceOf } from "./authenticity.ts"
import { isOneOfOurs } from "./beside.server.ts"
import { takeBack } from "./came-back.server.ts"
import { slowedDown } from "./flood.server.ts"
import { type Forwarder, forwarderOf, isAgent } from "./forwarder.server.ts"
import { heardOf } from "./heard.ts"
import { likelyCase } from "./likeness.server.ts"
import { senderOf } from "./participants.ts"
import { type Place, placeOf, placeOfAnswer, placeOfHistory } from "./place.ts"
import { type Pointed, pointersOf } from "./pointers.server.ts"
import { disownedSign } from "./spam.ts"
import { spamIn } from "./spam-sign.server.ts"
import { alsoCameTo, joinWith, openWith, type Scene } from "./stand.server.ts"

export type Outcome = {
  /** As the mail is known from here on. */
  rfcMessageId: string
  fate: Fate
  caseNumber: number | null
  /** The mail it is a copy of. */
  copyOf?: number
  /** Decides who sees it in a tray; null for mail that never got so far. */
  mailboxId: number | null
  because: string
  /** The case now waits and may need somebody; null: nothing to give out. */
  give: Pick<Pointed, "agentId"> | "nobody has it" | null
}

/** What becomes of a mail, done in the transaction of its ledger row. */
export async function takeIn(tx: Tx, arrived: Arrived, now: Date): Promise<Outcome> {
  // One connection answers in order, so that waiting once is enough.
  const [, { first, mail }, boxes] = await Promise.all([takeTurns(tx, arrived), earlierOf(tx, arrived), boxesOf(tx)])
  const addressed = boxFor(boxes, mail.row.envelopeTo, mail.email)
  if (!addressed) throw new Error("there is no mailbox to put a mail into")
  const known = { rfcMessageId: mail.rfcMessageId, mailboxId: addressed.box.id }
  const rest = (fate: Fate, because: string, caseNumber: number | null = null): Outcome => ({
    ...known,
    ...{ fate, because, caseNumber, give: null },
  })
  if (first) {
    await alsoCameTo(tx, first, addressed.box, now)
    const because = `The same mail came before, as number ${first.id}.`
    return { ...rest("duplicate", because, first.caseNumber), copyOf: first.id }
  }
  if (isOwn(mail, boxes)) return rest("own", "We sent it ourselves and it came back around.")
  const spam = await spamIn(tx, mail)
  if (spam !== null) return rest("spam", spam)
  const forwarder = await forwarderOf(tx, mail)
  const scene: Scene = {
    ...{ boxes, addressed, forwarder },
    sender: forwarder?.customer ?? senderOf(mail.email, addressed.box.trustedForms),
  }
  const { kind, answersUs } = mail.email.machine
  if (kind === "bounce" || kind === "complaint") {
    const told = await takeBack(tx, mail, scene, now)
    return rest(kind, told.because, told.caseNumber)
  }
  const outcome = answersUs ? await automatic(tx, mail, scene, now) : await spoken(tx, mail, scene, now)
  return { ...known, ...outcome }
}

type Decided = Omit<Outcome, "mailboxId" | "rfcMessageId">

/** Out of office and the like: quietly into the case it answers, else nowhere but the ledger. */
async function automatic(tx: Tx, mail: Arrived, scene: Scene, now: Date): Promise<Decided> {
  const pointers = await pointersFor(tx, mail, scene, now)
  const place = placeOfAnswer(pointers)
  const sign = `An automatic answer: ${mail.email.machine.because}.`
  const isOurs = scene.sender.address !== null && (await isAgent(tx, scene.sender.address))
  if (place.into === null || isOurs) {
    const why = isOurs ? "It comes from one of us." : "It answers no case we know."
    return { fate: "auto", because: `${sign} ${why}`, caseNumber: null, give: null }
  }
  const into = filedIn(pointers, place.into)
  await joinWith(tx, mail, { ...place, into, isQuiet: true }, scene, now)
  return { fate: "auto", because: `${sign} ${place.because}`, caseNumber: into, give: null }
}

async function spoken(tx: Tx, mail: Arrived, scene: Scene, now: Date): Promise<Decided> {
  const pointers = scene.forwarder ? [] : await pointersFor(tx, mail, scene, now)
  const found = decidedBefore(mail) ?? moreOf(mail) ?? (await nearOr(tx, mail, scene, pointers, now))
  // Years of somebody's mail come within minutes when they are imported; that is no loop.
  const place = mail.row.via === "import" ? found : await slowedDown(tx, found, scene.sender.address, now)
  const words = [place.because, scene.addressed.note, flagsOf(mail, scene.forwarder), mail.clash ?? ""]
  const because = words.filter((word) => word !== "").join(" ")
  const disowned = place.into === null && mail.row.decision === null ? disownedSign(mail.authenticity) : null
  if (disowned !== null) return { fate: "spam", caseNumber: null, because: disowned, give: null }
  if (place.into === null) {
    const caseNumber = await openWith(tx, mail, place, scene, now)
    await acknowledge(tx, mail, caseNumber, scene, now)
    const said = because || `New mail to ${scene.addressed.box.address}.`
    return { fate: "opened", caseNumber, because: said, give: mail.row.asClosed ? null : "nobody has it" }
  }
  const into = filedIn(pointers, place.into)
  const isQuiet = await isEcho(tx, mail, into)
  const heard = isQuiet ? mail : { ...mail, email: heardOf(mail.email) }
  await joinWith(tx, heard, { ...place, into, isQuiet }, scene, now)
  const holder = pointers.find(({ caseNumber }) => caseNumber === place.into) ?? null
  const moves = place.standing === "speaks" || place.standing === "pending"
  const speaks = moves && !isQuiet && !mail.row.asClosed
  const fate = place.standing === "held" || place.standing === "slowed" ? "held" : "joined"
  return { fate, caseNumber: into, because, give: speaks ? (holder ?? "nobody has it") : null }
}

/** Cases that were merged keep what belongs to each. */
function filedIn(pointers: readonly Pointed[], living: number) {
  const here = pointers.filter(({ caseNumber }) => caseNumber === living)
  return (here.find(({ isParticipant }) => isParticipant) ?? here[0])?.filedIn ?? living
}

/** What a machine sends back to us of what was said here, and not a word more. */
async function isEcho(tx: Tx, mail: Arrived, caseNumber: number) {
  const { machine, newText, attachments } = mail.email
  return machine.kind !== null && attachments.length === 0 && (await isOneOfOurs(tx, newText, caseNumber))
}

async function pointersFor(tx: Tx, mail: Arrived, scene: Scene, now: Date) {
  const { sender } = scene
  const days = await settingIn(tx, "mail.reopenDays")
  // History joins the case it belongs to, however old.
  const closedBefore = days === 0 || mail.row.asClosed ? null : new Date(now.getTime() - days * 86_400_000)
  const known = sender.isCertain ? sender.address : null
  const { envelopeTo } = mail.row
  return pointersOf(tx, mail.email, { envelopeTo, sender: known, closedBefore, isHistory: isHistory(mail, scene) })
}

/** What is imported as closed, and what we ourselves wrote in a mailbox that is imported. */
const isHistory = ({ row }: Arrived, { boxes, sender }: Scene) =>
  row.asClosed || (row.via === "import" && sender.address !== null && boxAt(boxes, sender.address) !== null)

/** A mail that failed before has a case already, with its original in it. */
function decidedBefore({ row }: Arrived): Place | null {
  if (row.caseNumber === null) return null
  return { into: row.caseNumber, standing: "speaks", because: "Could be read on a later try." }
}

/** A copy with more in it than the one that came first: nothing of it may be lost, and it is the same matter. */
function moreOf({ fuller, authenticity }: Arrived): Place | null {
  if (!fuller || fuller.caseNumber === null || voiceOf(authenticity) === "refuted") return null
  if (fuller.fate !== "opened" && fuller.fate !== "joined") return null
  const because = `Joined because it is email ${fuller.id} once more, with more in it.`
  return { into: fuller.caseNumber, standing: "speaks", because }
}

/** Where it points; where it points nowhere, beside what it is like. */
async function nearOr(tx: Tx, mail: Arrived, scene: Scene, pointers: Pointed[], now: Date): Promise<Place> {
  const { sender } = scene
  if (isHistory(mail, scene)) return placeOfHistory(pointers)
  const place = placeOf(pointers, voiceOf(mail.authenticity))
  if (place.into !== null || place.near !== null) return place
  const likely = await likelyCase(tx, mail.email, sender.isCertain ? sender.address : null, now)
  return likely ? { into: null, near: likely.caseNumber, because: likely.because } : place
}

function flagsOf({ email }: Arrived, forwarder: Forwarder | null) {
  const trouble = email.trouble ? `${email.trouble} The original is attached.` : ""
  return [trouble, forwarder ? `Forwarded by ${forwarder.name}.` : ""].filter((word) => word !== "").join(" ")
}

/** Our own mail looped back to us: sent under our return path, or under an id we signed, by one of our mailboxes or through a list. */
function isOwn({ row, email }: Arrived, boxes: readonly Box[]) {
  if (readReturnPath(row.envelopeFrom, secretKey("reply address"))) return true
  const minted = email.messageId !== null && readOurMessageId(email.messageId, secretKey("message id"))
  if (typeof minted !== "object" || minted === null) return false
  // A list that must not send in our name puts its own there, and ours into Reply-To.
  return email.machine.kind === "list" || [...email.from, ...email.replyTo].some(({ address }) => boxAt(boxes, address))
}

import type { Address } from "#db/tables/cases.ts"
import { canonicalAddress } from "../people/address.ts"
import { isNobody } from "./participants.ts"
import { mostRecipients } from "./recipient-limit.ts"

export type Party = Address & { standing: "requester" | "accepted" | "pending" }

export type Recipients = {
  to: Address[]
  cc: Address[]
  /** Those an agent lets into the case by writing to them. */
  letIn: Address[]
  /** Somebody among them has not been part of this case: they get our words, not what others wrote before. */
  hasStranger: boolean
}

/** What the agent chose; null: was not asked. */
type Chosen = {
  cc: readonly Address[] | null
  /** The sender's address, or the other place where they want their answers. */
  answerAt: string | null
  other: Address | null
}

/**
 * Whom a reply goes to: the requester, or where they want their answers once an agent has agreed; and in copy whom the
 * agent ticked, or everybody accepted. Never back to ourselves, never twice.
 */
export function recipientsOf(
  parties: readonly Party[],
  { cc, answerAt, other }: Chosen,
  ours: readonly string[],
): Recipients | "no recipient" | "bad address" | "too many recipients" {
  const to = placeOf(parties, answerAt, other)
  if (to === "bad address") return to
  if (!to || ours.includes(to.address)) return "no recipient"
  const wanted = (cc ?? parties.filter(({ standing }) => standing === "accepted")).map(plain)
  if (wanted.some((address) => address === null)) return "bad address"
  if (wanted.length >= mostRecipients) return "too many recipients"
  const known = new Map(parties.map((party) => [canonicalAddress(party.address), party]))
  const seen = new Set([to.address, ...ours])
  const copies = wanted
    .filter((copy) => copy !== null)
    .filter(({ address }) => !seen.has(address) && seen.add(address))
    .map(({ name, address }) => ({ name: name || (known.get(address)?.name ?? ""), address }))
  const isStranger = ({ address }: Address) => (known.get(address)?.standing ?? "pending") === "pending"
  const letIn = to.address === other?.address ? [to, ...copies] : copies
  return { to: [to], cc: copies, letIn, hasStranger: [to, ...copies].some(isStranger) }
}

type Answered = { kind: "email" | "reply"; from: Address; replyTo: Address | null }

/** Where else the requester wants the answer to what they wrote; what somebody else asks for moves nobody's mail. */
export function otherPlace(answered: Answered | null, parties: readonly Party[]): Address | null {
  if (answered?.kind !== "email" || !answered.replyTo) return null
  const isTheirs = canonicalAddress(answered.from.address) === requesterOf(parties)?.address
  return isTheirs ? plain(answered.replyTo) : null
}

/** Agreed once, it stays agreed: whoever takes part in the case was let in by an agent. */
export const isAgreed = ({ address }: Address, parties: readonly Party[]) =>
  parties.some((party) => plain(party)?.address === address && party.standing !== "pending")

/** Those whom mail of a case names and who are not among those it may be answered to; never ourselves. */
export function notOffered(named: readonly Address[], parties: readonly Address[], ours: readonly string[]): Address[] {
  const known = new Set([...parties.flatMap((party) => plain(party)?.address ?? []), ...ours])
  return named.flatMap((one) => {
    const address = plain(one)
    const isNew = address && !known.has(address.address) && !isNobody(address.address)
    return isNew && known.add(address.address) ? [address] : []
  })
}

function placeOf(parties: readonly Party[], answerAt: string | null, other: Address | null) {
  const requester = requesterOf(parties)
  if (answerAt === null) return other && isAgreed(other, parties) ? other : requester
  const chosen = canonicalAddress(answerAt)
  return [other, requester].find((place) => place?.address === chosen) ?? "bad address"
}

function requesterOf(parties: readonly Party[]) {
  const requester = parties.find(({ standing }) => standing === "requester")
  return requester ? plain(requester) : null
}

/** The addresses a person typed, with commas or one per field; each may come with its name. */
export function addressesIn(fields: readonly string[]): Address[] {
  return fields
    .flatMap((field) => field.split(/[,;\n]/))
    .map((typed) => typed.trim())
    .filter((typed) => typed !== "")
    .map((typed) => {
      const [, name, address] = /^([^<>]*)<([^<>]*)>$/.exec(typed) ?? []
      return address === undefined ? { name: "", address: typed } : { name: name?.trim() ?? "", address }
    })
}

function plain({ name, address }: Address): Address | null {
  const canonical = canonicalAddress(address)
  return canonical === null ? null : { name, address: canonical }
}

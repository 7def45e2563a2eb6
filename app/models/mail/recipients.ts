import type { Address } from "#db/tables/cases.ts"
import { canonicalAddress } from "../people/address.ts"

export type Party = Address & { standing: "requester" | "accepted" | "pending" }

export type Recipients = {
  to: Address[]
  cc: Address[]
  /** Somebody among them has not been part of this case: they get our words, not what others wrote before. */
  hasStranger: boolean
}

/** Most addresses one reply goes to; more is a mailing, not an answer. */
const mostRecipients = 20

/**
 * Whom a reply goes to: the requester, and in copy whom the agent ticked, or everybody accepted where nobody was asked
 * (`cc` null). Never back to ourselves, never twice (mail.md 3.6, 3.13; decisions 37).
 */
export function recipientsOf(
  parties: readonly Party[],
  cc: readonly Address[] | null,
  ours: readonly string[],
): Recipients | "no recipient" | "bad address" {
  const requester = parties.find(({ standing }) => standing === "requester")
  const to = requester && plain(requester)
  if (!to || ours.includes(to.address)) return "no recipient"
  const wanted = (cc ?? parties.filter(({ standing }) => standing === "accepted")).map(plain)
  if (wanted.some((address) => address === null) || wanted.length >= mostRecipients) return "bad address"
  const known = new Map(parties.map((party) => [canonicalAddress(party.address), party]))
  const seen = new Set([to.address, ...ours])
  const copies = wanted
    .filter((copy) => copy !== null)
    .filter(({ address }) => !seen.has(address) && seen.add(address))
    .map(({ name, address }) => ({ name: name || (known.get(address)?.name ?? ""), address }))
  const isStranger = ({ address }: Address) => (known.get(address)?.standing ?? "pending") === "pending"
  return { to: [to], cc: copies, hasStranger: copies.some(isStranger) }
}

/** The addresses a person typed, with commas or one per field; each may come with its name. */
export function addressesIn(fields: readonly string[]): Address[] {
  return fields
    .flatMap((field) => field.split(/[,;\n]/))
    .map((typed) => typed.trim())
    .filter((typed) => typed !== "")
    .map((typed) => {
      const [, name, address] = /^(.*?)\s*<([^<>]*)>$/.exec(typed) ?? []
      return address === undefined ? { name: "", address: typed } : { name: name ?? "", address }
    })
}

function plain({ name, address }: Address): Address | null {
  const canonical = canonicalAddress(address)
  return canonical === null ? null : { name, address: canonical }
}

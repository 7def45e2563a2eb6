import type { Address } from "#db/tables/cases.ts"
import type { Email } from "#emails/incoming/email.ts"
import { canonicalAddress } from "../people/address.ts"

/** As many as one mail may go to anywhere (RFC 5321 4.5.3.1.8); whoever is named beyond that can be added by hand. */
const mostCopies = 100

export type Sender = {
  /** As compared: null when there is none we could answer. */
  address: string | null
  name: string
  /** Named once, by From or by a form we trust; only such a sender may be somebody who takes part. */
  isCertain: boolean
}

/**
 * Who speaks: From, and nobody else. Reply-To would let anybody speak as anybody. A contact form the
 * mailbox trusts speaks for the customer in its Reply-To.
 */
export function senderOf(email: Pick<Email, "from" | "replyTo">, trustedForms: readonly string[]): Sender {
  const [first] = email.from
  if (!first) return { address: null, name: "", isCertain: false }
  const address = answerable(first.address)
  const [customer] = email.replyTo
  const behind = customer ? answerable(customer.address) : null
  if (address && behind && customer && trustedForms.some((form) => canonicalAddress(form) === address))
    return { address: behind, name: customer.name, isCertain: email.from.length === 1 }
  return { address, name: first.name, isCertain: address !== null && email.from.length === 1 }
}

/** Where it wants its answer, when that is another domain than it comes from: answered there only when an agent agrees. */
export function elsewhere({ from, replyTo }: Pick<Email, "from" | "replyTo">): Address | null {
  const [sender, wanted] = [from[0], replyTo[0]]
  const [own, other] = [sender && answerable(sender.address), wanted && answerable(wanted.address)]
  if (!own || !other || !wanted) return null
  const domain = (address: string) => address.slice(address.lastIndexOf("@") + 1)
  return domain(own) === domain(other) ? null : { name: wanted.name.slice(0, 200), address: other }
}

/** The others a mail names, whom an agent may answer too: not us, not machines, not the sender. */
export function copiesOf(email: Pick<Email, "to" | "cc">, isOurs: (address: string) => boolean, sender: string | null) {
  const named = [...email.to, ...email.cc].flatMap(({ name, address }): Address[] => {
    const plain = answerable(address)
    return plain && plain !== sender && !isOurs(plain) && !isNobody(plain)
      ? [{ name: name.slice(0, 200), address: plain }]
      : []
  })
  const once = new Map(named.map((copy) => [copy.address, copy]))
  return [...once.values()].slice(0, mostCopies)
}

function answerable(address: string) {
  const plain = canonicalAddress(address)
  return plain !== null && plain.length <= 320 ? plain : null
}

export const isNobody = (address: string) =>
  /^(no-?_?reply|do-?_?not-?_?reply|mailer-daemon|postmaster|bounces?)([-+_.][^@]*)?@/.test(address)

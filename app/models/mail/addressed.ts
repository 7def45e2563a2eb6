import type { Email } from "#emails/incoming/email.ts"
import { canonicalAddress, splitTag } from "../people/address.ts"

export type Box = { id: number; address: string; isOpen: boolean; trustedForms: string[] }

/** Whether an address is one of our mailboxes, with or without a tag. */
export function boxAt(boxes: readonly Box[], recipient: string): Box | null {
  const exact = canonicalAddress(recipient)
  const plain = canonicalAddress(splitTag(recipient).address)
  return boxes.find(({ address }) => address === exact) ?? boxes.find(({ address }) => address === plain) ?? null
}

export type Addressed = { box: Box; note: string }

/**
 * The mailbox a mail is for: by its envelope, which knows about Bcc and forwarding, else by what is written on it.
 * Mail nobody's mailbox is named on goes to the first, with a word about it.
 */
export function boxFor(
  boxes: readonly Box[],
  envelopeTo: readonly string[],
  email: Pick<Email, "headers" | "to" | "cc">,
): Addressed | null {
  const hops = ["delivered-to", "x-original-to", "envelope-to"].flatMap((name) => email.headers.get(name) ?? [])
  const written = [...email.to, ...email.cc].map(({ address }) => address)
  for (const recipient of [...envelopeTo, ...hops, ...written]) {
    const box = boxAt(boxes, recipient)
    if (box?.isOpen) return { box, note: "" }
  }
  const first = boxes.find(({ isOpen }) => isOpen) ?? boxes[0]
  if (!first) return null
  const named = envelopeTo[0] ?? written[0] ?? "nobody"
  return { box: first, note: `It was sent to ${named.slice(0, 200)}, which is no mailbox here now.` }
}

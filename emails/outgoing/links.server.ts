import { wrap } from "nodemailer/lib/qp"

/** RFC 2045 6.7: longer lines are broken softly, with "=" at the end. */
const longestLine = 76

/**
 * Our own mail with its rating links at another address, and without the signatures that no longer fit. In bytes: its
 * texts are quoted-printable, in which an address stands as it was written but for soft line breaks.
 */
export function withLinksAt(raw: Buffer, from: string, to: string): Buffer {
  const text = raw.toString("latin1")
  const end = text.indexOf("\r\n\r\n")
  const body = text.slice(end).replace(softlyBroken, (line) => relinked(line, `${from}/r/`, `${to}/r/`))
  return Buffer.from(unsigned(text.slice(0, end)) + body, "latin1")
}

/** A line with the soft line breaks in it. */
const softlyBroken = /(?:[^\r\n]*=\r\n)*[^\r\n]+/g

function relinked(line: string, from: string, to: string) {
  const whole = line.replaceAll("=\r\n", "")
  return whole.includes(from) ? wrap(whole.replaceAll(from, to), longestLine) : line
}

/** Without DKIM-Signature fields, folded lines and all. */
function unsigned(head: string): string {
  let isSignature = false
  const kept = head.split("\r\n").filter((line) => {
    if (!/^[ \t]/.test(line)) isSignature = /^DKIM-Signature:/i.test(line)
    return !isSignature
  })
  return kept.join("\r\n")
}

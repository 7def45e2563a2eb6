import type { Email } from "./email.ts"

/** What the parser understood of a mail, as `desk mail parse` prints it. */
export function parsedJson(email: Email) {
  const { from, to, cc, subject, messageId, inReplyTo, references, date, text, newText, html, machine, trouble } = email
  const addresses = (list: Email["to"]) => list.map(({ address }) => address)
  return {
    from: addresses(from),
    fromNames: from.map(({ name }) => name),
    to: addresses(to),
    cc: addresses(cc),
    ...{ subject, messageId, inReplyTo, references },
    date: date?.toISOString() ?? null,
    ...{ text, newText, html },
    attachments: email.attachments.map(({ filename, contentType, size, inline }) => ({
      filename,
      contentType,
      size,
      inline,
    })),
    machine: {
      kind: machine.kind,
      because: machine.because,
      bounce: machine.bounce && {
        recipients: machine.bounce.recipients.map(({ address, status, hard, reason }) => ({
          address,
          status,
          hard,
          reason,
        })),
      },
    },
    ...(trouble === null ? {} : { trouble }),
  }
}

import { previewOf, subjectOf } from "#app/models/cases/case.ts"
import { readSearch } from "#app/models/cases/search.ts"
import { baseSubject, numbersIn } from "#app/models/mail/likeness.ts"
import { canonicalAddress } from "#app/models/people/address.ts"
import { impostorSign } from "#app/models/people/impostor.ts"
import { redactRatingLinks } from "#app/models/ratings/link-redaction.ts"
import { faceFrom, tokenFrom } from "#app/models/ratings/token.ts"
import { toldBy } from "#emails/incoming/authenticity.ts"
import { machineOf } from "#emails/incoming/automatic.ts"
import { noticeOf } from "#emails/incoming/bounce-text.ts"
import { invitationWords } from "#emails/incoming/calendar.ts"
import { unflow } from "#emails/incoming/flowed.ts"
import { forwardedIn } from "#emails/incoming/forwarded.ts"
import { addressesOf, dateOf, idsOf, readFields } from "#emails/incoming/head.server.ts"
import { newTextOfMail } from "#emails/incoming/html-new.ts"
import { htmlText } from "#emails/incoming/html-text.ts"
import { newTextBeside } from "#emails/incoming/known.ts"
import { fromLineOf } from "#emails/incoming/mbox.server.ts"
import { readEmail } from "#emails/incoming/parse.server.ts"
import { rtfHtml, rtfText } from "#emails/incoming/rtf.ts"
import { pgLine, pgText } from "#emails/incoming/text.ts"
import { newTextOf } from "#emails/incoming/trim.ts"
import { decodeWords } from "#emails/incoming/words.server.ts"
import { linked } from "#emails/links.ts"
import { htmlFromMarkdown } from "#emails/markdown.ts"
import { headerText, replySubject } from "#emails/outgoing/headers.ts"
import { quotedText } from "#emails/outgoing/quote.ts"
import { readMarker, readReplyAddress } from "#emails/signed.server.ts"

const key = Buffer.alloc(32)
const headers = (text: string) => new Map([["subject", [text]]])
const mail = (type: string, body: string) =>
  Buffer.from(`From: Dana <dana@customer.example>\nMIME-Version: 1.0\nContent-Type: ${type}\n\n${body}`)

/** Every rule that is given what somebody else wrote, at the size it may get. */
export const textRules: Record<string, (text: string) => unknown> = {
  "rating links": redactRatingLinks,
  "the token of a link": tokenFrom,
  "the face of a link": faceFrom,
  "what is new": newTextOf,
  "what was said before": (text) => newTextBeside(text, [text, `${text} more`]),
  "the text of a page": htmlText,
  "what is new on a page": (text) => newTextOfMail("words", text),
  "the signs of a machine": (text) =>
    machineOf({
      headers: headers(text),
      from: [],
      subject: text.slice(0, 998),
      text,
      attachments: [],
      envelopeFrom: "",
    }),
  "the words of a bounce": noticeOf,
  "a forwarded letter": forwardedIn,
  "letters PostgreSQL takes": pgText,
  "one line of them": pgLine,
  "flowed text": (text) => unflow(text, "keep space"),
  "a calendar": invitationWords,
  "rich text": (text) => [rtfText(text), rtfHtml(text)],
  "header lines": (text) => readFields(Buffer.from(text)),
  addresses: (text) => addressesOf([{ name: "to", value: text }], "to"),
  ids: (text) => idsOf(text, 50),
  "a date": dateOf,
  "encoded words": decodeWords,
  "what servers found": (text) =>
    toldBy([{ name: "authentication-results", value: `mx.example; ${text}` }], ["mx.example"]),
  "the start of an archive": fromLineOf,
  "a quote below an answer": (text) => quotedText({ name: "Dana", at: new Date(0), timeZone: "UTC", text }),
  "the preview of a case": previewOf,
  "the subject of a case": (text) => subjectOf(text.slice(0, 998)),
  "a header of ours": headerText,
  "the subject of an answer": replySubject,
  "a subject to compare": baseSubject,
  "numbers in a subject": numbersIn,
  "links to press": linked,
  "words of ours": (text) => htmlFromMarkdown(text.slice(0, 50_000)),
  "a search": readSearch,
  "an address": canonicalAddress,
  "a signed address": (text) => readReplyAddress(text, key),
  "a mark of ours": (text) => readMarker(text, key),
  "a name that is an address": (text) => impostorSign({ name: text, address: "dana@customer.example" }),
  "a whole letter": (text) => readEmail(mail("text/plain", text)),
  "a whole page": (text) => readEmail(mail("text/html", text)),
}

/** What mail programs mark in their HTML: where the history begins, where the signature stands. */
export type Mark =
  /** A box around one quote and the line that introduces it; below the quote in it may stand an answer. */
  | "box"
  /** A box that nobody answers in. */
  | "closed box"
  /** The introducing line alone. */
  | "introduction"
  /** The quoted words. */
  | "quote"
  /** From here to the end. */
  | "rest"
  | "signature"
  /** A mail handed on, whole: what the sender has to say. */
  | "forward"

/** Outlook on the web puts `x_` before every name of a mail that it shows or quotes. */
const bare = (name: string) => name.replace(/^(?:x_)+/i, "").toLowerCase()

const byClass: Record<string, Mark> = {
  gmail_quote: "box",
  gmail_quote_container: "box",
  protonmail_quote: "box",
  tutanota_quote: "box",
  missive_quote: "box",
  zmail_extra: "box",
  zmail_extra_hr: "rest",
  yahoo_quoted: "closed box",
  yahoo_quoted_begin: "rest",
  gmail_attr: "introduction",
  "moz-cite-prefix": "introduction",
  "moz-email-headers-table": "introduction",
  "moz-forward-container": "forward",
  "moz-signature": "signature",
  gmail_signature: "signature",
  gmail_signature_prefix: "signature",
  bloop_sign: "signature",
  protonmail_signature_block: "signature",
  "protonmail_signature_block-proton": "signature",
  outlookmessageheader: "rest",
  "upturn-history": "rest",
  quotedreplyheader: "rest",
  "ms-outlook-mobile-reference-message": "rest",
}
const byId: Record<string, Mark> = {
  divrplyfwdmsg: "rest",
  appendonsend: "rest",
  "mail-editor-reference-message-container": "closed box",
  olk_src_body_section: "closed box",
  "reply-intro": "introduction",
  "upturn-history": "rest",
  zwchr: "rest",
  stopspelling: "rest",
  composer_signature: "signature",
  replysplit: "rest",
  signature: "signature",
  "ms-outlook-mobile-signature": "signature",
  applemailsignature: "signature",
  linebreakatbeginningofsignature: "signature",
  protonmail_mobile_signature_block: "signature",
}

/** The border Outlook and Windows Mail draw above the header lines of the mail they answer. */
const ruledHeader =
  /border-top\s*:\s*(?:solid\s+#(?:e1e1e1|b5c4df)|[\d.]+pt\s+solid\s+(?:#(?:e1e1e1|b5c4df)|rgb\((?:225, ?225, ?225|181, ?196, ?223)\)))|border-top-color\s*:\s*rgb\(229, ?229, ?229\)|border-color\s*:\s*rgb\((?:225, ?225, ?225|181, ?196, ?223)\)[^;]{0,60};.{0,60}border-style\s*:\s*solid none none|border-style\s*:\s*solid none none.{0,100}border-color\s*:\s*rgb\((?:225, ?225, ?225|181, ?196, ?223)\)/i

type Attributes = { get(name: string): string | undefined }

/** What an element says about the words in it and below it; null for most. */
export function markOf(tag: string, attributes: Attributes): Mark | null {
  const ids = byId[bare(attributes.get("id") ?? "")]
  if (ids) return ids
  const byName = classMark(tag, attributes.get("class") ?? "")
  if (byName) return byName
  if (tag === "blockquote") return attributes.get("type") === "cite" || isCited(attributes) ? "quote" : null
  if (attributes.get("name") === "messageReplySection") return "box"
  if (attributes.get("name") === "messageSignatureSection") return "signature"
  if (attributes.get("data-smartmail") === "gmail_signature") return "signature"
  if (attributes.get("data-marker") === "__DIVIDER__" || attributes.get("data-marker") === "__QUOTED_TEXT__")
    return "rest"
  if (tag === "hr") return attributes.get("tabindex") === "-1" ? "rest" : null
  return tag === "div" && ruledHeader.test((attributes.get("style") ?? "").slice(0, 400)) ? "rest" : null
}

const isCited = (attributes: Attributes) => /^(?:mid|cid):/i.test(attributes.get("cite") ?? "")

function classMark(tag: string, names: string): Mark | null {
  if (names === "") return null
  for (const name of names.slice(0, 300).split(/\s+/)) {
    const known = bare(name)
    if (/^yqt\d+$/.test(known)) return "closed box"
    const mark = byClass[known]
    // The class of the box is also on the quote within.
    if (mark) return mark === "box" && tag === "blockquote" ? "quote" : mark
  }
  return null
}

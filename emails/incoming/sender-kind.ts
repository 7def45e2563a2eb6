import { type Address, firstOf, type Headers } from "./email.ts"

/** What is known of who sent a mail, before its words are weighed. */
type Sent = { headers: Headers; subject: string; envelopeFrom: string | null }

/** Programs people write mail with; the mailers of mail systems are not among them. */
const clients =
  /thunderbird|apple mail|(?:iphone|ipad) mail|microsoft (?:office )?outlook|outlook express|windows (?:live )?mail|evolution|\bmutt|k-?9 mail|kmail|roundcube|squirrelmail|horde|\bzimbra|em client|the bat|claws|foxmail|airmail|mailmate|\bpine\b|alpine|\bgnus|mulberry|eudora|open-xchange|postbox|fairemail|betterbird|seamonkey|sylpheed|rainloop|snappymail|sogo|mailspring|becky|shuriken|edmax|lotus notes release/i

/**
 * Whether a person's hand shows: their mail program's name, or an answer that keeps its thread. Bounces keep threads
 * too, but their subjects do not begin as answers do.
 */
export function isHandwritten({ headers, subject }: Pick<Sent, "headers" | "subject">) {
  const program = `${firstOf(headers, "user-agent")} ${firstOf(headers, "x-mailer")}`.slice(0, 400)
  const isThreaded = headers.has("in-reply-to") || headers.has("references") || headers.has("thread-index")
  return clients.test(program) || (isThreaded && isAnswerTitle(subject))
}

/** "Re:", "AW:", "Fwd:", "转发：": a few letters and a colon, which no notice of a mail system begins with. */
export const isAnswerTitle = (subject: string) =>
  /^\s*\p{L}{1,4}(?:\[\d{1,3}\])?\s{0,3}[:：]/u.test(subject.slice(0, 40))

export function hasNullSender({ headers, envelopeFrom }: Pick<Sent, "headers" | "envelopeFrom">) {
  return envelopeFrom === "" || /^\s*<\s*>\s*$/.test(firstOf(headers, "return-path"))
}

const daemons =
  /^(?:mailer-?daemon|mail-?daemon|mdaemon|mail[-_.]?delivery(?:[-_.]?(?:system|subsystem))?|microsoftexchange[\da-f]{8,}|mail\.delivery\.system)(?:[-+_.][^@]*)?(?:@|$)/i
const daemonNames =
  /mail(?:er)?[ -]?(?:delivery|deliver|daemon)|delivery (?:sub)?system|internet mail delivery|mail administrator|system administrator|postmaster|メール配信|系统管理员/i
const keepers =
  /^(?:post_?-?master|mail-?admin(?:istrator)?|mailsystem|inetgw\d?|autoreply|mailgate|mailadm)(?:[-+_.\\][^@]*)?(?:@|$)/i

/** A mail system by its address; people never have such a one. */
export const isDaemon = ([sender]: readonly Address[]) => sender !== undefined && daemons.test(sender.address)

/** An address mail systems write from and people may: a postmaster answers by hand, too. */
export function isKeeper([sender]: readonly Address[]) {
  return !sender || keepers.test(sender.address) || daemonNames.test(sender.name) || !sender.address.includes("@")
}

const robots =
  /^(?:post-?master|no[-_.]?reply|do[-_.]?not[-_.]?reply|bounces?(?=[@+=])|bounces?-\w{0,40}\d|auto(?:matic)?[-_.]?(?:reply|mailer|responder|confirm)|ne[-_.]?pas[-_.]?repondre|nicht[-_.]?antworten|no[-_.]?responder)(?:[-+_.=][^@]*)?@/i

/** Written by nobody, or by nobody who reads the answer. */
export function isRobot(from: readonly Address[]) {
  const [sender] = from
  return !sender?.address.includes("@") || isDaemon(from) || robots.test(sender.address)
}

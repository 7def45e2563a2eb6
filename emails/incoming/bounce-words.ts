/** Why mail came back, as its notice says it; the words are those mail administrators use. */
export type Cause = { reason: string; status: string; hard: boolean }

type Row = [reason: string, status: string, hardness: "hard" | "soft", pattern: RegExp]

/**
 * Read from top to bottom. Hard is only what makes the address itself wrong (mail.md 3.4.5): a full or picky mailbox
 * may take the next mail.
 */
const rows: Row[] = [
  [
    "mailboxfull",
    "5.2.2",
    "soft",
    /(?:mail ?box|inbox|quota|disk|account|storage).{0,40}(?:full|exceed|over|limit)|over ?quota|quota (?:exceeded|violation)|insufficient (?:disk|storage|system storage)|exceed(?:s|ed|ing)? (?:the )?(?:mailbox|storage|quota|disk)|no space left/i,
  ],
  [
    "mesgtoobig",
    "5.3.4",
    "soft",
    /message (?:size|too (?:large|big))|too large|size (?:exceeds|limit)|exceeds (?:the )?(?:max|size)|maximum (?:message )?size/i,
  ],
  [
    "spamdetected",
    "5.7.1",
    "soft",
    /\bspam\b|looks like spam|unsolicited|content (?:reject|filter|block)|identified as|virus|phish/i,
  ],
  [
    "blocked",
    "5.7.1",
    "soft",
    /blacklist|block ?list|blocked|\brbl\b|spamhaus|reverse dns|\bptr\b|client host rejected|poor reputation|access denied from|banned/i,
  ],
  [
    "norelaying",
    "5.7.1",
    "soft",
    /relay(?:ing)? (?:denied|not|access|prohibited)|not? relay|unable to relay|we do not relay/i,
  ],
  [
    "authfailure",
    "5.7.26",
    "soft",
    /\b(?:dmarc|dkim|spf)\b.{0,60}(?:fail|reject|policy|pass)|unauthenticated|authentication (?:failed|required|checks)/i,
  ],
  [
    "userunknown",
    "5.1.1",
    "hard",
    /(?:user|recipient|mailbox|address|account|addressee|alias|login|person|member|customer|destinat(?:ion|ário)|id).{0,40}(?:unknown|does(?: ?n[o']t| not) exist|not (?:found|exist|known|listed|recogni[sz]ed|valid|a valid|have an account|available here)|n[o']t have an? |isn't|invalid|no longer|nonexist|undeliverable|unavailable|disabled|inactive|suspended|rejected|is not)|(?:unknown|no such|invalid|unrouteable|not a (?:valid|known)|bad destination|nonexistent|non-existent|illegal|unrecogni[sz]ed|inactive|disabled|undefined|not our).{0,30}(?:user|recipient|mailbox|address|account|alias|person|local.?part|customer|name|destination|id)|no mailbox|user unk|not listed in|unknown local|can'?t (?:find|be found)|vrfy|5\.1\.1|does not like recipient|is not known|no account by that name|sorry, no mailbox|not a subscriber|doesn't have an? |doesn't exist|не существует|inconnu|unbekannt|desconocid|sconosciut|存在しません/i,
  ],
  [
    "hostunknown",
    "5.1.2",
    "hard",
    /(?:host|domain|server|name).{0,30}(?:unknown|not found|not known|does not exist|lookup (?:fail|error)|isn't|invalid|unresolv)|(?:unknown|no such|bad|invalid|illegal|unrouteable) (?:host|domain|mail domain)|couldn'?t find any host|nxdomain|host or domain name not found|name service error|unroutable|no mx|cannot (?:resolve|find)|dns/i,
  ],
  ["hasmoved", "5.1.6", "hard", /has moved|moved to|new address|changed (?:his|her|their|its) (?:e-?mail )?address/i],
  [
    "expired",
    "4.4.7",
    "soft",
    /expired|retry time(?:out)? (?:not|exceeded)|too long|delay(?:ed)?|still (?:being )?(?:tr|in the queue)|could not be delivered (?:for|after|within)|time ?(?:d )?out|not yet been delivered|giv(?:en|ing) up|will (?:continue|keep|be) (?:to )?(?:try|retr)/i,
  ],
  [
    "networkerror",
    "4.4.1",
    "soft",
    /connection (?:refused|timed|reset|dropped|failed|lost)|no route|network (?:is )?unreachable|could ?n[o']t (?:be )?(?:connect|reach)|unable to (?:connect|establish)|loop|hop count|too many hops|bad file|not reachable/i,
  ],
  [
    "filtered",
    "5.2.1",
    "soft",
    /filtered|not accepting|refus(?:ed|es|ing)|restricted|only accepts|does not accept|rejeter/i,
  ],
  [
    "policyviolation",
    "5.7.1",
    "soft",
    /policy|polic(?:y|ies)|prohibited|not allowed|denied|not permitted|not authori[sz]ed|reject/i,
  ],
  ["mailererror", "5.3.0", "soft", /mailer error|command died|unknown mailer|local configuration|pipe to|x-unix/i],
]

/** The cause a sentence names; null when it names none. */
export function causeIn(words: string): Cause | null {
  const text = words.slice(0, 3000)
  const row = rows.find(([, , , pattern]) => pattern.test(text))
  return row ? { reason: row[0], status: row[1], hard: row[2] === "hard" } : null
}

const byStatus: Record<string, string> = {
  "1.0": "userunknown",
  "1.1": "userunknown",
  "1.2": "hostunknown",
  "1.3": "userunknown",
  "1.4": "userunknown",
  "1.6": "hasmoved",
  "1.10": "userunknown",
  "2.1": "suspend",
  "2.2": "mailboxfull",
  "2.3": "mesgtoobig",
  "3.4": "mesgtoobig",
  "4.1": "networkerror",
  "4.4": "hostunknown",
  "4.6": "networkerror",
  "4.7": "expired",
  "7.1": "policyviolation",
  "7.26": "authfailure",
}

const hardReasons = new Set(["userunknown", "hostunknown", "hasmoved", "notaccept"])

/** What a status and the server's sentence say together. The sentence is nearer to the truth than 5.0.0 or 5.7.1. */
export function causeOf(status: string, words: string): Cause {
  const said = causeIn(words)
  const [, kind = "", rest = ""] = /^([245])\.(\d{1,3}\.\d{1,3})$/.exec(status) ?? []
  const reason =
    byStatus[rest] && rest !== "7.1" && rest !== "1.0"
      ? byStatus[rest]
      : (said?.reason ?? byStatus[rest] ?? "undefined")
  if (kind === "4") return { reason, status, hard: false }
  return { reason, status: status || said?.status || "", hard: hardReasons.has(reason) }
}

import { expect, test } from "vitest"
import { causeOf, statusIn } from "#emails/incoming/bounce-words.ts"

/** The reasons these answers of servers give, each once. */
const reasonsOf = (...answers: string[]) => [
  ...new Set(answers.map((answer) => causeOf(statusIn(answer), answer).reason)),
]

test("nobody of that name", () => {
  expect(
    reasonsOf(
      "550 5.1.1 <dana@customer.example>: Recipient address rejected: User unknown in virtual mailbox table",
      "550-5.1.1 The email account that you tried to reach does not exist. Please try 550-5.1.1 double-checking the recipient's email address",
      "550 Requested action not taken: mailbox unavailable",
      "550 5.5.0 Requested action not taken: mailbox unavailable",
      "550 No such user here",
      "550 #5.1.0 Address rejected.  dana@customer.example user unknown",
      "550 5.1.0 <dana@customer.example> Recipient not found",
      "550 5.1.1 RESOLVER.ADR.RecipNotFound; not found",
      "550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup",
      "554 delivery error: dd This user doesn't have a yahoo.com account (dana@customer.example) [0]",
      "511 sorry, no mailbox here by that name (#5.1.1 - chkuser)",
      "550 Invalid recipient dana@customer.example (#5.1.1)",
      "550 5.1.1 Unknown user. http://postmaster.example/",
      "550 Unrouteable address",
      "550 Address unknown",
      "550 dana@customer.example... No such user",
      "553 5.3.0 <dana@customer.example>... Addressee unknown, relay=[192.0.2.1]",
      "550 5.1.1 No such user - psmtp",
      "550 5.4.1 Recipient address rejected: Access denied",
      "550 Mailbox not found",
      "550 unknown local part dana in dana@customer.example",
      "550 Account not available",
      "551 not our customer",
      "550 RCPT (dana@customer.example) User not found",
      "550 sorry, no such mailbox here (#5.1.1)",
      "550 User dana@customer.example does not exist",
      "550 5.1.1 Adresse d au moins un destinataire invalide. Invalid recipient. OFR204_416",
      "554 Recipient address rejected: User does not exist",
      "550 Recipient unknown",
    ),
  ).toEqual(["userunknown"])
})

test("no such place", () => {
  expect(
    reasonsOf(
      "Host or domain name not found. Name service error for name=nowhere.example type=AAAA: Host not found",
      "550 5.1.2 Bad destination host 'DNS Hard Error looking up nowhere.example (MX): NXDomain'",
      "550 Host unknown (Name server: nowhere.example: host not found)",
      "#550 5.1.2 SMTPSEND.DNS.NonExistentDomain; nonexistent domain ##",
      "Sorry, I couldn't find any host named nowhere.example. (#5.1.2)",
      "DNS Error: Domain name not found",
      "all relevant MX records point to non-existent hosts",
      "550 5.4.4 Invalid domain name",
    ),
  ).toEqual(["hostunknown"])
})

test("no room", () => {
  expect(
    reasonsOf(
      "552-5.2.2 The email account that you tried to reach is over quota.",
      "452 4.2.2 The recipient's inbox is out of storage space.",
      "552 5.2.2 Mailbox size limit exceeded",
      "552 Requested mail action aborted: exceeded storage allocation mailbox full",
      "550 5.7.1 <dana@customer.example>: mailbox is full",
      "552 1 Requested mail action aborted, mailbox not found or quota exceeded",
      "#554 5.2.2 mailbox full ##",
      "The users mailfolder is over the allowed quota (size). (#5.2.2)",
      "552 #5.1.1 Mailbox is full",
      "422 The recipient's mailbox is over its storage limit",
      "maildir delivery failed: User disk quota ('dana@customer.example') exceeded",
      "550 Mailbox quota exceeded / Mailbox voll",
      "Boîte du destinataire pleine. Le quota dépassé",
    ),
  ).toEqual(["mailboxfull"])
})

test("too big", () => {
  expect(
    reasonsOf(
      "552 5.3.4 Message size exceeds fixed maximum message size",
      "552 5.2.3 Message exceeds maximum fixed size (10485760)",
      "523 5.3.4 Message too large",
      "552 5.3.4 Error: message file too big",
      "552 message size exceeds maximum value",
    ),
  ).toEqual(["mesgtoobig"])
})

test("shut", () => {
  expect(
    reasonsOf(
      "550 5.2.1 The email account that you tried to reach is disabled.",
      "554 delivery error: dd Sorry, your message cannot be delivered. This account has been disabled or discontinued",
      "550 Account has been suspended",
      "550 5.2.1 <dana@customer.example>: mailbox disabled, not accepting messages",
      "550 Mailbox is frozen",
      "550 user dana@customer.example is inactive",
      "451 Account inactive",
      "550 Boite du destinataire archivee. Archived recipient. OFR_417",
    ),
  ).toEqual(["suspend"])
})

test("spam", () => {
  expect(
    reasonsOf(
      "550 5.7.1 Message content rejected, UBE, id=1234",
      "554 5.7.1 The message was rejected because it was classified as spam",
      "550 High probability of spam",
      "554 rejected due to spam content",
      "550-5.7.1 Our system has detected that this message is likely unsolicited mail.",
      "550 5.7.1 Message is identified as phishing",
      "571 Message Refused: unsolicited",
    ),
  ).toEqual(["spamdetected"])
})

test("our server is not liked", () => {
  expect(
    reasonsOf(
      "554 5.7.1 Service unavailable; Client host [192.0.2.1] blocked using zen.spamhaus.org",
      "550 5.7.1 Service unavailable, Client host [192.0.2.1] blocked using Spamhaus",
      "550 5.7.606 Access denied, banned sending IP [192.0.2.1]",
      "554 IMP dana GMX Mailserver: IP address is block listed",
      "421 4.7.0 [TSS04] Messages from 192.0.2.1 temporarily deferred due to bad reputation",
      "554 Your IP address 192.0.2.1 is blacklisted",
      "450 4.7.1 Client host rejected: cannot be trusted",
      "451 4.7.1 Greylisting in action, please come back later",
    ),
  ).toEqual(["blocked"])
})

test("the sender is not proven", () => {
  expect(
    reasonsOf(
      "550-5.7.26 Unauthenticated email from desk.example is not accepted due to domain's DMARC policy",
      "550 5.7.23 The message was rejected because of Sender Policy Framework violation",
      "550 SPF check failed",
      "550 5.7.1 DKIM signature is required",
      "550 5.7.9 This mail has been blocked because the sender is unauthenticated. DMARC",
    ),
  ).toEqual(["authfailure"])
})

test("no relaying", () => {
  expect(
    reasonsOf(
      "554 5.7.1 <dana@customer.example>: Relay access denied",
      "550 5.7.1 Unable to relay for dana@customer.example",
      "550 relay not permitted",
      "553 sorry, that domain isn't in my list of allowed rcpthosts (#5.7.1)",
      "550 5.7.1 <dana@customer.example>... Relaying denied. Proper authentication required.",
    ),
  ).toEqual(["norelaying"])
})

test("it took too long", () => {
  expect(
    reasonsOf(
      "4.4.7 message expired",
      "retry timeout exceeded",
      "#550 4.4.7 QUEUE.Expired; message expired ##",
      "this message has been in the queue too long.",
      "delivery time expired",
      "Message could not be delivered for 5 days",
    ),
  ).toEqual(["expired"])
})

test("the way is broken, or goes round in circles", () => {
  expect(
    reasonsOf(
      "connect to mx.customer.example[192.0.2.7]:25: Connection refused",
      "delivery temporarily suspended: connect to mx.customer.example[192.0.2.7]:25: Connection timed out",
      "lost connection with mx.customer.example[192.0.2.7] while sending RCPT TO",
      "Sorry, I wasn't able to establish an SMTP connection. (#4.4.1)",
      "mail for customer.example loops back to myself",
      "554 5.4.6 Too many hops",
      "#550 5.4.6 SMTPSEND.DNS.MxLoopback; DNS records for this domain are configured in a loop",
      "554 5.4.0 Error: too many hops",
      "mail forwarding loop for dana@customer.example",
      "421 4.4.2 Connection dropped",
    ),
  ).toEqual(["networkerror"])
})

test("too much at once", () => {
  expect(
    reasonsOf("421 4.7.0 Too many connections from your host", "421 too many concurrent SMTP connections"),
  ).toEqual(["toomanyconn"])
  expect(
    reasonsOf(
      "450 4.2.1 The user you are trying to contact is receiving mail at a rate that prevents additional messages",
      "421 4.7.28 Our system has detected an unusual rate of unsolicited mail originating from your IP address",
      "451 4.7.650 The mail server has been temporarily rate limited",
    ),
  ).toEqual(["speeding"])
})

test("a virus, a missing name in the DNS, a program that died, a sender refused", () => {
  expect(reasonsOf("554 5.7.1 virus Eicar detected; virus found in message")).toEqual(["virusdetected"])
  expect(reasonsOf("550 5.7.25 The IP address sending this message does not have a PTR record setup")).toEqual([
    "requireptr",
  ])
  expect(reasonsOf('Command died with status 127: "/usr/bin/procmail"')).toEqual(["mailererror"])
  expect(
    reasonsOf("550 5.1.8 Sender address rejected: Domain not found", "553 5.1.8 sender domain must exist"),
  ).toEqual(["rejected"])
})

test("a rule of the receiving side, when nothing better is said", () => {
  expect(reasonsOf("550 5.7.1 Rejected by policy", "554 Transaction failed by administrative prohibition")).toEqual([
    "policyviolation",
  ])
})

test("four or five as the server's number says where its words give the rest", () => {
  expect(causeOf("", "452 mailbox full").status).toBe("4.2.2")
  expect(causeOf("", "552 mailbox full").status).toBe("5.2.2")
  expect(causeOf("4.0.0", "mailbox full").status).toBe("4.2.2")
  expect(causeOf("", "retry timeout exceeded").status).toBe("4.4.7")
  expect(causeOf("", "too many hops").status).toBe("5.4.6")
})

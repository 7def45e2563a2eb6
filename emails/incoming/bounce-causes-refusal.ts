import type { CauseWords } from "./bounce-causes.ts"
import { phrasesIn } from "./phrases.ts"

/** The letter or its sender was refused, or there was no room; nothing of it says that the address is wrong. */
export const refusalCauses: readonly CauseWords[] = [
  {
    reason: "virusdetected",
    status: "7.0",
    phrases: phrasesIn(`
      infected with | virus detected | virus found | contains a virus | contain a virus | contains virus
      contained a virus | malware | virus infected | the message was rejected because it contains prohibited virus
      is infected | potentially executable | dangerous extension | your message was infected | virensuche
      virus-infected
    `),
  },
  {
    reason: "mailboxfull",
    status: "2.2",
    phrases: phrasesIn(`
      mailbox full | mailbox is full | mailbox * is full | mailbox * full | mail box is full
      mail box space not enough | mailbox * space not enough | folder is full | inbox is full | inbox full
      account is full | account has exceeded | mail file is full | user is full | user full | mailbox has exceeded
      mailbox * exceed | mailbox exceed | mailbox too large | mailbox size limit | mailbox would exceed
      mailbox is too large | mailbox over | maildir delivery failed | overquota | over quota | over the quota
      over its quota | over the maximum allowed quota | over the maximum allowed mailbox size
      over the allowed quota | over mail quota | over storage | over the allowed * storage | out of storage
      exceeded * quota | exceeds * quota | exceed * quota | exceeded * storage | exceeds * storage
      exceeding * quota | quota exceed | quota is exceeded | quota * exceeded | quota violation | quota full
      quota has been | disk quota | dd disk full | out of quota | reached * quota | reached * storage
      reached their limit | has reached * size limit | hit its quota | not enough storage space | insufficient space
      insufficient disk space | insufficient mailbox | insufficient quota | no space left in mailbox
      not enough space in * mailbox | recipient's mailbox * limit | exceeded the local limit
      exceeded allowed limit | too many messages in this mailbox | too much mail | user has too many messages
      storage allotment | user has exhausted | exhausted its storage | delivery failed: over
      boîte aux lettres est pleine | boite aux lettres pleine | boîte pleine | boite pleine | quota dépassé
      postfach ist voll | postfach * voll | postfach voll | speicherplatz * überschritten | buzón * lleno
      buzon * lleno | bandeja * llena | excedido * cuota | casella * piena | caixa * cheia | caixa postal cheia
      postbus * vol | mailbox is vol | mailbox zit vol | переполнен | квота | メールボックスがいっぱい | 容量を超え | 容量オーバー | 容量が不足
      邮箱已满 | 邮箱空间不足 | 信箱已滿 | 超出配额
    `),
  },
  {
    reason: "systemfull",
    status: "3.1",
    isSoft: true,
    phrases: phrasesIn(`
      insufficient system storage | mail system full | requested mail action aborted: exceeded storage
      no space left on device | disk full | insufficient system resources | not enough disk space
      server out of disk | queue file write error
    `),
  },
  {
    reason: "mesgtoobig",
    status: "3.4",
    phrases: phrasesIn(`
      message too large | message too big | message is too large | message is too big | message size
      mail size limit | mail size exceed | mail is too large | message file too big | message length exceeds
      message exceeds | message header size | exceeds the maximum size | exceeds maximum | exceeds the size limit
      exceeds size limit | size limit exceeded | size limits exceeded | size exceeds | size exceeded
      exceeded maximum size | larger than the current system limit | larger than * limit | taille maximale
      recipsizelimit | sendersizelimit | too large for | zu groß | zu gross | trop volumineux | demasiado grande
      troppo grande | muito grande | te groot | слишком большо | サイズ制限 | サイズが大き | 邮件过大
    `),
  },
  {
    reason: "exceedlimit",
    status: "5.3",
    phrases: phrasesIn(`
      too many recipients | too many rcpts | recipient limit | maximum number of recipients
      number of recipients exceed | mail data refused * limit
    `),
  },
  {
    reason: "authfailure",
    status: "7.26",
    phrases: phrasesIn(`
      dmarc | spf fail | spf: fail | spf check | spf validation | fails spf | failed spf | sender policy framework
      spf record | spf (sender | openspf | spf error | spf unauthorized | dkim | unauthenticated email
      unauthenticated mail | email is unauthenticated | authentication checks | authentication information
      not authenticated * spf | not authorized to send * domain | sender id (pra)
    `),
  },
  {
    reason: "norelaying",
    status: "7.1",
    phrases: phrasesIn(`
      relaying denied | relay denied | relay access denied | relaying not | relay not permitted
      relaying is prohibited | relay prohibited | relaying prohibited | not permitted to relay
      not allowed to relay | unable to relay | can't relay | don't relay | no relay | not relay | open relay
      mail server requires authentication when attempting to send to a non-local
      isn't in my list of allowed rcpthosts | that domain isn't in my list | not gateway | insecure mail relay
      relaying mail | must check for new mail | this system is not configured to relay | you must authenticate
      send mail via your own | relais | this mail server requires authentication
      authentication is required for relay
    `),
  },
  {
    reason: "requireptr",
    status: "7.25",
    phrases: phrasesIn(`
      reverse dns | ptr record | no ptr | cannot find your hostname | reverse hostname | rdns
      ip address does not resolve | ip name lookup failed | does not have a ptr | all mail servers must have a ptr
      client host name * not found | unresolvable relay host name | domain name in helo | fix reverse
    `),
  },
  {
    reason: "speeding",
    status: "7.1",
    isSoft: true,
    phrases: phrasesIn(`
      rate limit | rate that | receiving mail too quickly | receiving mail at a rate | too many messages from
      too many emails | sending rate | throttl | please slow down | rate exceeded | unusual rate | too fast
      limit exceeded * per | daily limit | daily message quota | hourly limit | max defers and failures per hour
      too many unknown
    `),
  },
  {
    reason: "toomanyconn",
    status: "3.2",
    isSoft: true,
    phrases: phrasesIn(`
      too many connections | too many simultaneous | too many concurrent | too many sessions | connection limit
      connection rate limit | maximum number of connections | maximum connections | all available ips
      too much load | server busy | too busy | user_connection
    `),
  },
  {
    reason: "blocked",
    status: "7.1",
    phrases: phrasesIn(`
      blacklist | black list | black-list | blocklist | block list | denylist | blocked using | been blocked
      is blocked | was blocked | blocked by | blocked from | blocked for | blocked due | block your
      mail from * blocked | spamhaus | spamcop | dnsbl | an rbl | by rbl | using rbl | rbl list | sorbs
      barracudacentral | client host rejected | client host * blocked | reputation | access denied from | banned
      dynamic ip | dynamically | dialup | dul list | bad sender ip | your ip address | from this ip
      not accepting mail from your | no smtp service available from your ip | connection refused by
      connections not accepted from | connections from this host | connection rejected
      service unavailable; client host | no access from mail server | rejected because of your ip
      refused to talk to me | bad dns ptr | invalid helo | greylist | graylist | grey list
    `),
  },
  {
    reason: "spamdetected",
    status: "7.1",
    phrases: phrasesIn(`
      spam | unsolicited | junk mail | junk e-mail | bulk mail | considered * advertis | message content
      content filter | content reject | message refused by mailmarshal | message filtered | blocked by * filter
      identified as | classified as | phish | contains * url | transaction failed * cc
      message rejected due to content | rejected by content | message contains * banned | may contain objectionable
      message was rejected by * engine | content restrictions | score * threshold | low delivery score
      denied by cleanmail | spruzz | unerwünschte | indésirable | 迷惑メール | 垃圾邮件
    `),
  },
]

import type { CauseWords } from "./bounce-causes.ts"
import { phrasesIn } from "./phrases.ts"

/** It failed on the way, or for a reason of the receiving system's own; the vague ones last. */
export const wayCauses: readonly CauseWords[] = [
  {
    reason: "networkerror",
    status: "4.6",
    phrases: phrasesIn(`
      mail loop | forwarding loop | loops back to | loop detected | loop alert | loop back warning | routing loop
      too many hops | hop count | hopcount | maximum hops | too many 'received' | too many received | mxloopback
      mx list for * points back | lowest numbered mx record points to local | looping | unix from loop
    `),
  },
  {
    reason: "notaccept",
    status: "3.2",
    phrases: phrasesIn(`
      does not accept mail | doesn't accept mail | domain does not accept | not accept any mail
      not accepting network messages | smtp protocol returned a permanent error | nullmx | null mx
      mail server does not accept
    `),
  },
  {
    reason: "rejected",
    status: "1.8",
    phrases: phrasesIn(`
      sender address rejected | sender rejected | sender verify failed | sender verification | sender domain
      sender is not allowed | sender not | unable to verify sender | could not verify * sender
      mail from * rejected | rejected mail from | invalid sender | domain of sender address | envelope blocked
      address * not allowed * send | return path | not member | not a member | non-member | members-only
      not allowed to post | permission to post | you are not allowed | not authorized to send | unauthorized to send
      not allowed to send
    `),
  },
  {
    reason: "expired",
    status: "4.7",
    isSoft: true,
    phrases: phrasesIn(`
      expired | retry timeout exceeded | retry time not reached | queue too long | too long on * queue
      has been in * queue | still in the queue | still being retried | still undelivered
      could not be delivered for | could not be delivered after | not be delivered within
      not be delivered for more than | was aborted after | maximum delivery attempts | attempts will continue
      delivery failed * attempts | attempts were unsuccessful | unable to deliver * after | not yet been delivered
      has not been collected after | has been delayed | is delayed | was delayed | delivery delayed
      will continue to | will keep trying | will be retried | will retry | will try again | this is a warning
      no action is required | time limit exceeded | delivery timeout | delivery timed out | deferred
      wird weiterhin versuch | délai | plazo
    `),
  },
  {
    reason: "networkerror",
    status: "4.1",
    isSoft: true,
    phrases: phrasesIn(`
      connection refused | connection reset | connection dropped | connection failed | connection failure
      connection lost | connection with | connection error | connection was closed | connection closed | connect to
      connection to | could not connect | couldn't connect | unable to connect | failed to connect | can't connect
      cannot connect | wasn't able to establish | unable to establish | could not establish | failed to establish
      no route to host | network is unreachable | network unreachable | network error | host is unreachable
      host unreachable | not reachable | not respond | no answer from | no response | could not reach | timed out
      timeout | lost connection | conversation with | server * down | temporary failure in name
      temporary lookup failure | server failure | dns lookup | dns server | dns problem | dns query | dns records
    `),
  },
  {
    reason: "failedstarttls",
    status: "7.10",
    phrases: phrasesIn(`
      starttls | tls negotiation | tls required | tls handshake
    `),
  },
  {
    reason: "contenterror",
    status: "6.0",
    phrases: phrasesIn(`
      message is not rfc | not compliant | rfc 5322 | rfc5322 | rfc 2822 | rfc2822 | bare lf | bare linefeed
      bare newline | 8 bit | header is missing | missing * header | missing 'date' | duplicate header | malformed
      resent-from field | improper use of 8-bit | routing header | attachment | conversion | charset
      subject * prohibited
    `),
  },
  {
    reason: "syntaxerror",
    status: "5.2",
    phrases: phrasesIn(`
      syntax error | command unrecognized | command not recognized | unrecognized command | bad sequence of commands
      command not implemented | need rcpt | address syntax | syntactically
    `),
  },
  {
    reason: "securityerror",
    status: "7.0",
    phrases: phrasesIn(`
      authentication required | authentication failed | authentication turned on | authentication credentials
      username and password | account security | security alert | security policy | security violation | insecure
      certificate
    `),
  },
  {
    reason: "mailererror",
    status: "3.0",
    phrases: phrasesIn(`
      mailer error | command died | command failed | command output | x-unix | unknown mailer | procmail | pipe to
      local mailer | exit status | died with status | unsafe mail | delivery to pipe | cannot execute
    `),
  },
  {
    reason: "systemerror",
    status: "3.5",
    phrases: phrasesIn(`
      server configuration | local configuration error | local error in processing | system error | internal error
      internal server error | unexpected failure | unexpected error | temporary failure | temporary system
      temporarily unavailable | temporarily deferred | not available right now | service unavailable
      service not available | resources temporarily | can't create | cannot create | cannot open | can't open
      could not open | can't write | i/o error | local delivery failed | requested action aborted | processing error
      while being processed | an error occurred while | delivery error | try again later | error opening
      out of memory | bad file
    `),
  },
  {
    reason: "policyviolation",
    status: "7.1",
    phrases: phrasesIn(`
      policy | policies | prohibited | not allowed | not permitted | not authorized | not authorised | unauthorized
      denied | administrative | restricted | restriction | forbidden | refused | rejected | rejeter | abgelehnt
      zurückgewiesen | rechazado | rifiutato | rejeitad | geweigerd | отклонен | 拒否 | 拒绝
    `),
  },
]

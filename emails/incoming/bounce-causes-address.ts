import type { CauseWords } from "./bounce-causes.ts"
import { phrasesIn } from "./phrases.ts"

/** The address is wrong, gone or shut. */
export const addressCauses: readonly CauseWords[] = [
  {
    reason: "hasmoved",
    status: "1.6",
    phrases: phrasesIn(`
      has moved | recipient has changed | has been replaced by | no longer at this address * new
      changed * e-mail address | changed * email address | new address is | moved to another | please use the new
      adresse a changé | adresse hat sich geändert
    `),
  },
  {
    reason: "suspend",
    status: "2.1",
    phrases: phrasesIn(`
      been suspended | is suspended | currently suspended | suspended account | suspended user | account suspended
      mailbox suspended | address suspended | user suspended | account is disabled | account disabled
      account has been disabled | account * disabled | account that you tried to reach is disabled
      mailbox disabled | mailbox is disabled | mailbox has been disabled | mailbox * disabled
      mailbox currently disabled | mailbox * frozen | mailbox unavailable or access denied | mailbox is frozen
      mailbox not available * disabled | user disabled | user is disabled | user has been disabled | user not active
      is inactive | is not active | user inactive | recipient disabled | recipient * disabled
      recipient is disabled | address is disabled | addressee disabled | account inactive | account locked
      account is locked | account expired | account has expired | account temporarily | account closed
      account * closed | deactivated | temporarily locked | temporarily disabled | temporarily limited
      temporarily inactive | temporarily unavailable due to | inactive user | inactive account | inactive mailbox
      disabled account | boite du destinataire archivee | compte désactivé | compte * désactivé | konto * gesperrt
      postfach * gesperrt | konto * deaktiviert | cuenta * desactivada | conta * desativada | заблокирован | 停止 | 停用
      禁用
    `),
  },
  {
    reason: "filtered",
    status: "2.1",
    phrases: phrasesIn(`
      not accepting mail from | not accepting mail with | because the recipient is only accepting mail from specific
      not accepting messages from | recipient is not accepting | not currently accepting | does not accept mail from
      does not accept messages from | only accepts mail from | only accepts messages from | refused by filter
      refused by the recipient | recipient * refuses | rejected by the recipient | mail refused
      due to extended inactivity | user reject | recipient refused | user refuses | restricted mailbox
      personal filter | mail filter | filtered | resolver.rst.notauthorized | not allowed to send * recipient
      sender not allowed by recipient | sender denied by recipient | 受信拒否 | ドメイン指定
    `),
  },
  {
    reason: "rejected",
    status: "7.1",
    phrases: phrasesIn(`
      may not have permission to post | you do not have permission | don't have permission | sender address rejected
      sender rejected | sender verify failed | sender domain | domain of sender address | unable to verify sender
    `),
  },
  {
    reason: "hostunknown",
    status: "1.2",
    phrases: phrasesIn(`
      host unknown | unknown host | host not found | host * not found | host or domain name not found
      host name lookup failure | host name is unknown | host name unknown | hostname unknown | no such host
      no such domain | unknown domain | domain unknown | domain does not exist | domain doesn't exist
      domain not exist | domain is not found | domain not found | domain * not found | domain * couldn't be found
      domain * could not be found | domain must exist | domain has been suspended | domain is not reachable
      domain currently not | domain * does not exist | domain isn't | domain mentioned in email address is unknown
      invalid domain | invalid host | illegal host | illegal domain | bad destination system
      bad destination domain | bad domain | couldn't find any host | couldn't find a host
      cannot find any mail exchange | could not find a gateway | all host address lookups failed
      all relevant mx records point to non-existent | nxdomain | nonexistentdomain | non-existent domain
      name or service not known | name service error | no mail exchanger | no mx record | no a or mx
      does not accept mail (nullmx) | dns lookup fail | dns error | dns failure
      dns server returned answer with no data | unable to resolve | could not resolve | cannot resolve
      can't resolve | couldn't resolve | no route to domain | domäne nicht gefunden | domaine inconnu
      dominio desconocido | dominio * non | домен не
    `),
  },
  {
    reason: "userunknown",
    status: "1.1",
    phrases: phrasesIn(`
      user unknown | user not known | user not found | user * not found | user doesn't exist | user * doesn't exist
      user is unknown | user is not found | user invalid | user no longer | user not listed | user not local
      user missing | user unavailable | user doesn't have | user does not have | not a valid user | is not a user
      no valid recipients | no user here | no user by | no user with | no user named | no user found | no user of
      no users | no such user | no such mailbox | no such recipient | no such address | no such account
      no such person | no such local | no such name | no such email | no such customer | no such id | no such member
      no mailbox | no account | no recipient | no local mailbox | no matches | no longer available
      no longer active | no longer valid | no longer employed | no longer with | no longer works | no longer in use
      no longer exist | no longer on this server | unknown user | unknown recipient | unknown local
      unknown account | unknown address | unknown mailbox | unknown email | unknown e-mail | unknown login
      unknown destination | unknown customer | unknown member | unknown alias | unknown virtual | unknown name
      unknown to address | unknown extension | user-unknown | invalid recipient | invalid address | invalid mailbox
      invalid user | invalid email | invalid e-mail | invalid local | invalid account | invalid destination mailbox
      invalid final delivery | illegal user | bad destination mailbox | bad mailbox | bad address | bad recipient
      bad destination email | recipient unknown | recipient not found | recipient * not found
      recipient doesn't exist | recipient not known | recipient is unknown | recipient not recogni
      recipient name is not recogni | recipient no longer | recipient unavailable
      recipient address rejected: unknown | recipient address rejected: undeliverable
      recipient address rejected: access denied | recipient address * not found | recipient rejected
      recipient verification failed | recipient verify | recipient is invalid | recipient invalid
      recipients * unknown | recipnotfound | recipientnotfound | not a valid recipient | not a valid mailbox
      not a valid address | not a known | not a subscriber | not our customer | not our user | not known here
      not known at | is not known | not listed in | not listed on | not listed as | not listed here
      not found in * directory | mailbox unknown | mailbox unavailable | mailbox not found | mailbox * not found
      mailbox * doesn't exist | mailbox doesn't exist | mailbox not available | mailbox * is unavailable
      mailbox invalid | mailbox is invalid | mailbox * no longer | mailbox unlisted | address unknown
      address * unknown | address doesn't exist | address not found | address * not found | address wasn't found
      address invalid | address is invalid | address is unknown | address unavailable | address not present
      address not known | address error | address * is not valid | address is no longer | address no longer
      address failed: undeliverable | address undeliverable | address is undeliverable | address rejected: user
      addressee unknown | account unknown | account not found | account doesn't exist | account * doesn't exist
      account unavailable | account not available | account is unavailable | account is not available
      account invalid | account has been terminated | account no longer | alias unknown | does not have an account
      doesn't have an account | does not have a mailbox | doesn't have a yahoo | doesn't have a * account
      does not have a * account | did not exactly match | email address could not be found | can't find that user
      cannot find * recipient | could not be found * address | couldn't be found | this user doesn't
      this user does not | this email address is not | isn't a valid | not exist | nonexistent | non-existent user
      non-existent address | non existent user | vdeliver: invalid | vdelivermail
      this address does not receive mail | this is not a valid | undeliverable address | 550 unrouteable address
      5.1.1 unrouteable | unrouteable mail | unknown or illegal alias | there is no one | there is no user
      there is no such | we don't have * user | who are you looking for | can't accept user
      not have a final email delivery point | unable to find * recipient | unable to validate recipient
      failed to verify | protocol error * rcpt | nie istnieje | nicht bekannt | unbekannt | existiert nicht
      nicht gefunden | inconnu | n'existe pas | non recensé | introuvable | desconocid | no existe | no se encontró
      no se ha encontrado | sconosciut | non esiste | não existe | nao existe | inexistente | não foi encontrado
      onbekend | bestaat niet | niet gevonden | okänd | finns inte | findes ikke | ukendt | не существует
      не найден | несуществующ | bulunamadı | 存在しません | 見つかりません | あて先不明 | 宛先不明 | ユーザが不明 | 不存在 | 找不到 | 没有找到 | 찾을 수 없
      존재하지 않
    `),
  },
  {
    reason: "hostunknown",
    status: "1.2",
    phrases: phrasesIn(`
      unroutable | unrouteable | lookup failed | mx lookup | domain lookup | nameserver query
      not a fully qualified | no mail server
    `),
  },
]

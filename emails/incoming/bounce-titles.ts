import { phrasesIn } from "./phrases.ts"

/** Subjects of mail that came back, which nobody but a mail system writes. */
export const bounceTitles: readonly string[] = phrasesIn(`
  undeliverable | undelivered mail | undelivered message | undelivered: | undeliverd | non-deliverable
  nondeliverable | returned mail | returned message | returned to sender | mail returned | message returned
  returning message to sender | failure notice | failure notification | delivery status notification
  delivery notification | delivery failure | delivery has failed | delivery failed | delivery delayed
  delivery problem | delivery report | delivery error | delivery unsuccessful | delivery impossible
  delivery to * failed | unable to deliver | could not deliver | message delivery | mail delivery
  mail system error | mail error | mail could not be | message could not be | mail not delivered
  message not delivered | not delivered: | message status | message undeliver | message you sent blocked
  mail failure | mail failed | failed mail | failed delivery | delivery to the following | non-delivery
  non delivery | nondelivery | processing error | could not send message | warning: message | user unknown
  unknown user | unknown address | nameserver error report | error sending | rejected: | rejected mail
  mail rejected | message rejected | bounced mail | bounced message | mail bounced | bounce action notification
  delayed mail | delayed: | delivery incomplete | not member article from | reject mail
  spam mail from a spammer is rejected | fml system error | security alert | loop alert | loop back warning
  unix from loop | unzustellbar | nicht zustellbar | nicht zugestellt | zustellung fehlgeschlagen | fehler bei der
  zustellungsbenachrichtigung | rücksendung | non remis | échec de la remise | echec de la remise
  échec de la distribution | échec d'envoi | échec de remise | notification d'état de remise | non distribuable
  no se puede entregar | no se pudo entregar | no se ha podido entregar | no entregado | no se entregó
  error de entrega | correo devuelto | mensaje devuelto | notificación de estado de entrega | mancata consegna
  non recapitabile | impossibile recapitare | mancato recapito | messaggio non recapitato
  notifica dello stato di recapito | não é possível entregar | não foi possível entregar | não entregue
  não entregável | falha na entrega | falha no envio | mensagem devolvida | onbestelbaar | niet bezorgd
  bezorging mislukt | kan niet worden bezorgd | kan inte levereras | kan ikke leveres | kunne ikke leveres
  ej levererat | ikke leveret | toimitus epäonnistui | ei voi toimittaa | niedostarczalne | nie można dostarczyć
  niedostarczona | nedoručitelná | nedoručiteľné | kézbesíthetetlen | teslim edilemedi | не удалось доставить
  недоставленн | не доставлено | не может быть доставлено | 配信エラー | 配信不能 | 配信できません | 配信されません | 配達不能 | 送信エラー
  送信できませんでした | 未送達 | 无法送达 | 无法投递 | 未送达 | 退信 | 投递失败 | 传输失败 | 無法傳遞 | 傳送失敗 | 배달되지 | 배달할 수 없 | 전송 실패 | 반송
`)

/** What a notice says near its beginning; people write some of these too. */
export const bounceSentences: readonly string[] = phrasesIn(`
  qmail-send program | this is the mail system at host | created automatically by mail delivery software
  could not be delivered | couldn't be delivered | wasn't delivered | can not be delivered | cannot be delivered
  can't be delivered | could not deliver | couldn't deliver | not be able to deliver | undeliver | permanent error
  permanent fatal error | permanent delivery | failed permanently | permanently failed | transient non-fatal error
  delivery to the following | delevery to the following | delivery problems | delivery failed | delivery has failed
  delivery failure | delivery status | delivery error | delivery attempt | did not reach | was not delivered
  not yet been delivered | not been delivered | has been delayed | unable to deliver | not able to deliver
  trouble delivering | having trouble | problem delivering | problems delivering | error delivering
  error occurred while attempting to deliver | failed to deliver | failed to send | failed recipients
  failed addresses | did not receive | has been returned | being returned | has been rejected | was rejected
  rejected recipient | returned to sender | returned message | returned mail | message delivery | following address
  following recipient | following error | could not be sent | cannot be sent | couldn't send | user unknown
  unknown user | no such user | no user by that name | unrouteable address | smtp error | non-deliverable
  non-delivery report | no sucessful delivery | problem with the e-mail address | is full | account is not active
  the group you tried to contact | konnte nicht übermittelt werden | konnte nicht an | nicht zugestellt
  n'a pas pu être | n'a pas pu etre | n'a pas été remis | impossible de remettre | échec de la remise
  no se pudo entregar | no se ha podido entregar | no pudo ser entregado | no se puede entregar
  error en la entrega | non è stato possibile | impossibile recapitare | non è stato recapitato
  não foi possível entregar | não pôde ser entregue | falha na entrega | kan niet worden bezorgd | kon niet worden
  kunde inte levereras | kunne ikke leveres | nie można dostarczyć | не может быть доставлено | не удалось доставить
  не было доставлено | не доставлено | 配信できません | 配信に失敗 | 配信することができません | 送信できませんでした | 届きませんでした | お届けできません | エラーが発生
  无法发送 | 无法送达 | 未能送达 | 被退回 | 投递失败 | 無法傳遞 | 배달할 수 없 | 전송하지 못
`)

import { phrasesIn } from "./phrases.ts"

/** What programs write in front of a subject they answer; together with a colon no person begins so. */
export const answerTitles: readonly string[] = phrasesIn(`
  automatic reply | automatic response | automated reply | automated response | auto reply | auto-reply | autoreply
  auto response | auto-response | autoresponse | autoresponder | out of office autoreply | out of office auto-reply
  out of office reply | out of office response | automatische antwort | automatische abwesenheitsnotiz
  automatische abwesenheitsmeldung | abwesenheitsnotiz | abwesenheitsmeldung | abwesenheitsassistent
  réponse automatique | reponse automatique | réponse d'absence | message d'absence | notification d'absence
  respuesta automática | respuesta automatica | respuesta de ausencia | risposta automatica | resposta automática
  resposta automatica | automatisch antwoord | automatische beantwoording | afwezigheidsbericht | autosvar
  automatiskt svar | automatisk svar | frånvaromeddelande | fraværsmelding | fraværsbesked | automaattinen vastaus
  poissaoloviesti | odpowiedź automatyczna | automatyczna odpowiedź | automatická odpověď | automatická odpoveď
  automatikus válasz | răspuns automat | raspuns automat | автоматический ответ | автоответ | автовідповідь
  автоматична відповідь | автоматичен отговор | αυτόματη απάντηση | otomatik yanıt | otomatik cevap | מענה אוטומטי
  תשובה אוטומטית | رد تلقائي | 自動応答 | 自動返信 | 不在通知 | 自动回复 | 自动答复 | 自動回覆 | 자동 회신 | 자동 응답 | ตอบกลับอัตโนมัติ
  trả lời tự động | balasan otomatis
`)

/** What people write as well: these count only beside a machine's own sign. */
export const awayTitles: readonly string[] = phrasesIn(`
  out of office | out of the office | out-of-office | ooo: | away from | on vacation | vacation | on leave
  on holiday | i am away | abwesenheit | abwesend | nicht im büro | im urlaub | urlaub | absence | absent du bureau
  en congés | fuera de la oficina | fuera de oficina | ausente | ausencia | de vacaciones | fuori sede
  fuori ufficio | assente | assenza | ausência | fora do escritório | em férias | afwezig | niet aanwezig | frånvaro
  fravær | poissa | nieobecno | nepřítomn | neprítomn | távol | absent | отсутств | в отпуске | відсутн | απουσ
  ofis dışında | 外出中 | 不在 | 休暇 | 外出 | 부재중 | thank you for your | thank you for contacting | we have received your
  your message has been received | request received | your request has been received | we received your
  ticket received | your ticket has been
`)

/** The questions of programs that let mail in once its sender has proven to be one. */
export const challengeTitles: readonly string[] = phrasesIn(`
  please confirm your message | please confirm your email | confirm your email to | confirm your message to
  please verify your email to | your message requires confirmation | your email requires verification
  requires verification verify# | your mail to * requires confirmation | delivery confirmation required
  confirmation required | spam arrest | spamarrest | antispam uol | boxbe | tmda | challenge:
`)

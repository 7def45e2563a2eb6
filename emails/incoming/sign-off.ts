/** How people end a mail: "Best regards," on a line of its own, with a name and where to find them below it. */

const words = [
  "(?:(?:with|my|kind|kindest|best|warm|warmest|many|very|friendly) ){0,3}(?:regards|wishes|greetings)",
  "(?:many )?(?:thanks|thx|tnx)(?: (?:again|so much|a lot|very much|a million|in advance|and (?:kind |best )?regards|everyone|all|guys|team))*",
  "thank you(?: (?:again|so much|very much|in advance|and (?:kind |best )?regards|all))*",
  "cheers|warmly|sincerely(?: yours)?|yours(?: (?:sincerely|truly|faithfully|always))?|(?:all the )?best|take care|respectfully",
  "cordially|br|rgds|have a (?:nice|great|good) (?:day|weekend|one)|love",
  "(?:mit )?(?:(?:freundlich|best|lieb|viel|herzlich|schön|sonnig)(?:e|em|en|er)? ){0,2}(?:gr(?:ü|ue)(?:ß|ss)(?:e|en)?|gru(?:ß|ss)|dank|wünsche)(?: aus \\p{L}{1,20})?",
  "mfg|lg|vg|danke(?: und (?:viele )?(?:grüße|gruß)| (?:schön|sehr|im voraus))?|hochachtungsvoll|ihre?|deine?",
  "(?:bien )?cordialement|bien à (?:vous|toi)|merci(?: (?:d['’]avance|beaucoup|et bonne journée))?|amicalement|bonne (?:journée|soirée)",
  "(?:(?:sincères|meilleures|cordiales) )?salutations(?: distinguées)?|respectueusement",
  "(?:(?:com os )?melhores |meus )?cumprimentos|atentament|(?:ben )?cordialment|salutacions|(?:moltes )?gràcies",
  "(?:un )?(?:cordial )?saludos?(?: cordiales)?|atentamente|(?:muchas |mil )?gracias(?: (?:de antemano|y saludos))?|un abrazo",
  "(?:cordiali |distinti |cari )?saluti|(?:un )?cordiale? saluto|buon(?:a giornata|a serata|lavoro| lavoro)|grazie(?: mille)?|cordialmente|atenciosamente|(?:melhores )?cumprimentos|(?:muito )?obrigad[oa]|abraços?",
  "(?:met )?(?:(?:vriendelijke|hartelijke|beste) )?groet(?:en|jes)?|mvg|(?:hartelijk |alvast )?bedankt|dank u(?: wel)?",
  "(?:med )?(?:(?:venlig|vennlig|bästa|vänliga?|beste|mange|kærlig) ){0,2}(?:hilsen(?:er)?|hälsning(?:ar)?)|mvh|vh|tack(?: på förhand)?|takk?(?: på forhånd)?|hilsen",
  "(?:ystävällisin |parhain )?terveisin|terv|kiitos(?: etukäteen)?|(?:z )?(?:poważaniem|pozdrowieniami)|pozdrawiam(?: serdecznie)?|serdecznie pozdrawiam|z wyrazami szacunku|dziękuję|(?:s přátelským |přeji hezký den a )?pozdravem|s (?:(?:přátelským|priateľským) )?pozdrav(?:em|om)|ďakujem|děkuj[iu]",
  "с (?:уважением|наилучшими пожеланиями)|с уважение|поздрави|(?:большое |заранее )?спасибо(?: за помощь| заранее)?|благодаря|всего доброго|з повагою|дякую|(?:szívélyes |baráti )?üdvözlettel|tisztelettel|üdv|köszönöm|cu (?:stimă|respect|drag)|mulțumesc|(?:[iİ]yi (?:çalışmalar|günler)|saygılarım(?:la|ızla)|teşekkür(?:ler| ederim)|sevgiler)|(?:με|φιλικούς) (?:εκτίμηση|χαιρετισμούς)|φιλικά|(?:σας )?ευχαριστώ|lp|hvala(?: (?:lijepa|lepa))?|(?:lep|lijep|srdačan|ljubazan|prijazen) pozdrav|s (?:poštovanjem|spoštovanjem)|srdačno|срдачан поздрав|с поштовањем",
  "lugupidamisega|parimate soovidega|tervitades|aitäh|ar cieņu|pagarbiai|ačiū|paldies|með (?:bestu )?kveðju|kveðja|takk fyrir",
  "trân trọng|cảm ơn(?: (?:bạn|nhiều|anh|chị))?|xin cảm ơn|hormat (?:saya|kami)|salam|terima kasih(?: banyak)?|ขอบคุณ(?:ครับ|ค่ะ|มาก)?|ขอแสดงความนับถือ|ด้วยความเคารพ|धन्यवाद|सादर",
  "(?:以上、?)?(?:どうぞ|何卒)?(?:よろしく|宜しく)(?:お願い(?:いた|致|申し上げ)?(?:し)?ます)?|敬具|(?:ご)?返信お待ちしております|ありがとうございます",
  "此致(?:敬[礼禮])?|敬[礼禮]|祝好|(?:顺|順)?(?:祝|颂|頌)商[祺绥綏]|(?:谢谢|謝謝|感谢|感謝)(?:您|你)?|(?:祝)?(?:工作|生意)(?:顺利|順利|愉快)|감사합니다|고맙습니다|수고하세요|드림|올림",
  "בברכה|תודה(?: רבה| מראש)?|בכבוד רב|(?:مع )?(?:أطيب )?تحياتي|مع (?:خالص )?(?:الشكر|التحية|الاحترام)|شكرا(?: جزيلا)?|وشكرا|با احترام|با تشکر|با سپاس",
].join("|")
const signOff = new RegExp(`^(?:${words})\\s*[,.!;…。！،，、]{0,3}\\s*$`, "iu")

const mostBelow = 11
const longestLine = 80
const reach = /\d[\d\s()/.-]{5,}\d|https?:\/\/|www\.|[\w.+-]@[\w-]+\.\w|^\s*(?:tel|phone|mobile?|fax|fon|tél)\b/i

/** Whether a line says how to reach somebody. */
export const reaches = (line: string) => reach.test(line.slice(0, 200))

/** Where the end of a mail begins that only says who wrote it; null when it has none. */
export function signOffAt(lines: readonly string[]): { at: number; tellsHowToReach: boolean } | null {
  let below = 0
  let tellsHowToReach = false
  let name = ""
  for (let i = lines.length - 1; i > 0 && below <= mostBelow; i--) {
    const line = (lines[i] ?? "").slice(0, longestLine + 1).trim()
    if (line === "") continue
    if (below > 0 && signOff.test(line))
      return hasWords(lines, i) && isName(name) ? { at: i, tellsHowToReach: tellsHowToReach || below > 3 } : null
    if (!isSigned(line)) return null
    tellsHowToReach ||= reach.test(line)
    name = line
    below++
  }
  return null
}

/** People have up to three names; what is longer, right below the farewell, is said rather than signed. */
const isName = (line: string) => line.split(/\s+/).length <= 3

const hasWords = (lines: readonly string[], before: number) => lines.slice(0, before).some((line) => line.trim() !== "")

/** A name, a title, a company, an address; not a sentence, which is something said. */
export function isSigned(line: string) {
  if (line.length > longestLine || /^(?:>|p\.?\s?p?\.?s\b)/i.test(line)) return false
  if (reach.test(line)) return line.split(/\s+/).length <= 10
  const parts = line.split(/[\s,|/·•-]+/).filter((word) => /\p{L}/u.test(word))
  if (parts.length === 0) return /^[\W_]+$/u.test(line)
  if (/[?!:]$/.test(line) || (/\.$/.test(line) && parts.length > 3)) return false
  const small = parts.filter((word) => /^\p{Ll}/u.test(word)).length
  return parts.length <= 2 || (parts.length <= 9 && small * 2 < parts.length)
}

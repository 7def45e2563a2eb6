/** How people end a mail: "Best regards," on a line of its own, with a name and where to find them below it. */

const words = [
  "(?:(?:with|my|kind|kindest|best|warm|warmest|many|very|friendly) ){0,3}(?:regards|wishes|greetings)",
  "(?:many )?(?:thanks|thx|tnx)(?: (?:again|so much|a lot|very much|a million|in advance|and (?:kind |best )?regards|everyone|all|guys|team))*",
  "thank you(?: (?:again|so much|very much|in advance|and (?:kind |best )?regards|all))*",
  "cheers|sincerely(?: yours)?|yours(?: (?:sincerely|truly|faithfully|always))?|(?:all the )?best|take care|respectfully",
  "cordially|br|rgds|have a (?:nice|great|good) (?:day|weekend|one)|love",
  "(?:mit )?(?:(?:freundlich|best|lieb|viel|herzlich|schön|sonnig)(?:e|em|en|er)? ){0,2}(?:gr(?:ü|ue)(?:ß|ss)(?:e|en)?|gru(?:ß|ss)|dank|wünsche)(?: aus \\p{L}{1,20})?",
  "mfg|lg|vg|danke(?: und (?:viele )?(?:grüße|gruß)| (?:schön|sehr|im voraus))?|hochachtungsvoll|ihre?|deine?",
  "(?:bien )?cordialement|bien à (?:vous|toi)|merci(?: (?:d['’]avance|beaucoup|et bonne journée))?|amicalement|bonne (?:journée|soirée)",
  "(?:(?:sincères|meilleures|cordiales) )?salutations(?: distinguées)?|respectueusement",
  "(?:un )?(?:cordial )?saludos?(?: cordiales)?|atentamente|(?:muchas |mil )?gracias(?: (?:de antemano|y saludos))?|un abrazo",
  "(?:cordiali |distinti |cari )?saluti|grazie(?: mille)?|cordialmente|atenciosamente|(?:melhores )?cumprimentos|(?:muito )?obrigad[oa]|abraços?",
  "(?:met )?(?:(?:vriendelijke|hartelijke|beste) )?groet(?:en|jes)?|mvg|(?:hartelijk |alvast )?bedankt|dank u(?: wel)?",
  "(?:med )?(?:(?:venlig|vennlig|bästa|vänliga?|beste|mange|kærlig) ){0,2}(?:hilsen(?:er)?|hälsning(?:ar)?)|mvh|vh|tack(?: på förhand)?|takk?(?: på forhånd)?|hilsen",
  "(?:ystävällisin |parhain )?terveisin|terv|kiitos(?: etukäteen)?|(?:z )?(?:poważaniem|pozdrowieniami)|pozdrawiam|dziękuję|s pozdravem|děkuj[iu]",
  "с уважением|спасибо|всего доброго|з повагою|дякую|üdvözlettel|köszönöm|cu stimă|mulțumesc|saygılarımla|teşekkürler|με εκτίμηση|ευχαριστώ|lp|hvala",
  "よろしくお願い(?:いた)?します|敬具|此致|谢谢|감사합니다|בברכה|תודה|مع تحياتي|شكرا",
].join("|")
const signOff = new RegExp(`^(?:${words})\\s*[,.!;…]{0,3}\\s*$`, "iu")

const mostBelow = 11
const longestLine = 80
const reach = /\d[\d\s()/.-]{5,}\d|https?:\/\/|www\.|[\w.+-]@[\w-]+\.\w|^\s*(?:tel|phone|mobile?|fax|fon|tél)\b/i

/** Where the end of a mail begins that only says who wrote it; null when it has none. */
export function signOffAt(lines: readonly string[]): { at: number; tellsHowToReach: boolean } | null {
  let below = 0
  let reaches = false
  let name = ""
  for (let i = lines.length - 1; i > 0 && below <= mostBelow; i--) {
    const line = (lines[i] ?? "").slice(0, longestLine + 1).trim()
    if (line === "") continue
    if (below > 0 && signOff.test(line))
      return hasWords(lines, i) && isName(name) ? { at: i, tellsHowToReach: reaches || below > 3 } : null
    if (!isSigned(line)) return null
    reaches ||= reach.test(line)
    name = line
    below++
  }
  return null
}

/** People have up to three names; what is longer, right below the farewell, is said rather than signed. */
const isName = (line: string) => line.split(/\s+/).length <= 3

const hasWords = (lines: readonly string[], before: number) => lines.slice(0, before).some((line) => line.trim() !== "")

/** A name, a title, a company, an address; not a sentence, which is something said. */
function isSigned(line: string) {
  if (line.length > longestLine || /^(?:>|p\.?\s?p?\.?s\b)/i.test(line)) return false
  if (reach.test(line)) return line.split(/\s+/).length <= 10
  const parts = line.split(/[\s,|/·•-]+/).filter((word) => /\p{L}/u.test(word))
  if (parts.length === 0) return /^[\W_]+$/u.test(line)
  if (/[?!:]$/.test(line) || (/\.$/.test(line) && parts.length > 3)) return false
  const small = parts.filter((word) => /^\p{Ll}/u.test(word)).length
  return parts.length <= 2 || (parts.length <= 9 && small * 2 < parts.length)
}

/** The words with which mail programs say who wrote what, in the languages they speak. */

/** Stand between the writer and the colon, or between the date and the writer. */
const verbs = [
  // English, German, Dutch
  "wrote|writes|said|says|schrieb(?:en)?|hat geschrieben|schreef|het volgende geschreven|geschreven",
  // French, Spanish, Catalan, Galician, Basque, Italian, Portuguese, Romanian
  "a écrit|nous a dit|ha escrito|escribió|escribiu|va escriure|ha escrit|idatzi du|ha scritto|escreveu|a scris",
  // Danish, Swedish, Norwegian, Icelandic, Finnish, Estonian, Latvian, Lithuanian
  "skrev|skrifaði|kirjoitti|kirjutas|rakstīja|rašė",
  // Polish, Czech, Slovak, Slovene, Croatian, Serbian, Hungarian
  "napisał(?:\\(a\\)|a)?|pisze|napsal(?:\\(a\\)|a)?|napísal(?:\\(a\\)|a)?|(?:je )?napisal[ao]?|(?:je )?napisao(?:/la)?|" +
    "(?:je )?napisala|napisa(?:o|la) je|je написао/ла|írta(?: \\(időpont[^)]{1,80}\\))?",
  // Russian, Ukrainian, Bulgarian, Greek, Turkish
  "написал(?:\\(а\\)|а)?|писал(?:\\(а\\)|а)?|написав(?:\\(ла\\))?|пишет|пише|написа|έγραψε|(?:şunu )?yazdı",
  // Vietnamese, Indonesian, Malay, Hindi, Hebrew, Arabic, Persian
  "đã viết|viết|menulis|ने लिखा|כתב(?:/ה)?|‏?מאת|כתבה|كتب(?:/ت|/كتبت)?|كتبت|نوشت",
].join("|")

/** Scripts that leave no space between words. */
const unspaced = "写道|寫道|쓴 글|书写|書きました|のメール|のメッセージ|さんは書|작성|님이 쓴 글|เขียนว่า"

export const verb = new RegExp(`(?:^|[\\s,(>\\])])(?:${verbs})(?:[\\s:,]|$)|${unspaced}`, "iu")
export const verbAtEnd = new RegExp(`(?:[\\s,(>\\])](?:${verbs})|${unspaced})\\s*(?:[:：]?\\s*-{0,8})$`, "iu")

/** Somebody tells what was written, which is no introduction: "On 3 March I wrote:". */
export const told = new RegExp(
  "(?:^|[\\s,])(?:i|we|you|they|he|she|ich|wir|sie|er|du|je|nous|vous|tu|ils?|elles?|yo|usted|él|io|noi|lei|ik|wij|jij|jag|jeg|vi|eu|você|" +
    `я|мы|вы|он|она)\\s(?:\\p{L}{1,12}\\s)?(?:${verbs})[\\s:,]|j['’]ai écrit|(?:schrieb(?:en)?|schreef|skrev|wrote|habe|haben|hatte)\\s(?:ich|wir|sie|er|ik|jag|jeg|vi|i|to)\\s?|` +
    "(?:^|\\s)(?:escribí|escribimos|scrissi|escrevi|escrevemos|said|says)[\\s:]|[我您你们們](?:曾)?[写寫]道",
  "iu",
)

const days =
  "mon|tue|wed|thu|fri|sat|sun|mo|di|mi|do|fr|sa|so|lun|mar|mer|jeu|ven|sam|dim|mié|jue|vie|sáb|dom|gio|seg|ter|qua|" +
  "qui|sex|ma|wo|vr|za|zo|man|tir|ons|tor|fre|lør|søn|mån|tis|lör|sön|ti|ke|to|pe|la|su|pon|wt|śr|czw|pt|sob|niedz|" +
  "po|út|st|čt|pá|ne|пн|вт|ср|чт|пт|сб|нд|вс|пон|втор|сред|четв|пятн|субб|воск|нед|понед|δευ|τρί|τετ|πέμ|παρ|σάβ|κυρ"

/**
 * How such a line begins: with a preposition, the day, a number of the date, or the name of the message. Several lines
 * are read as one only then, or any sentence could grow into an introduction.
 */
export const beginning = new RegExp(
  "^(?:-{1,8}\\s*)?(?:" +
    "(?:on|le|el|il|em|am|op|en|o|v|ve|den|þann|на|d\\.|på|w dniu|dnia|dňa|dne|în|pe|в|во|at|in message|il giorno|in data|στις|στην|vào|" +
    "pada|tanggal|u|dana|hôm|‫?בתאריך|في|در)\\s|" +
    "[于於在]|(?:" +
    `${days})[\\p{L}]*[.,]?,?\\s|\\d{1,4}(?:[-./]\\d|\\s?[年년]|[.,]?\\s))`,
  "iu",
)

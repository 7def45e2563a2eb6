/** The line that other desks put above what they send: "Please type your reply above this line", drawn around. */

const phrases = new RegExp(
  [
    "(?:repl(?:y|ies)|respon(?:d|se)|answer|comment|type|write|text) (?:your (?:reply|response|answer|comment) )?(?:here )?(?:above|over) (?:this|the) line",
    "(?:antwort|schreib|geben sie|antworten).{0,40}(?:über|oberhalb) (?:von )?diese[rm]? (?:zeile|linie|strich)|(?:über|oberhalb) dieser (?:zeile|linie) (?:antworten|schreiben)",
    "(?:répon|écri|saisi|entrez|inscri).{0,40}(?:au[- ]dessus de|sur) cette ligne",
    "(?:respond|respuesta|contest|escrib|conteste).{0,40}(?:por )?(?:encima|arriba) de esta línea",
    "(?:respon|resposta|escriv|escriu).{0,40}(?:per )?(?:sobre|damunt) (?:d['’])?aquesta línia",
    "(?:rispond|rispost|scriv|digit).{0,40}(?:al di )?sopra (?:a |di )?quest[ao] (?:riga|linea)",
    "(?:respond|resposta|escrev|digite).{0,40}acima d(?:esta|essa|a) linha",
    "(?:antwoord|reageer|reactie|typ|schrijf).{0,40}boven deze (?:lijn|regel)",
    "(?:svar|skriv|besvar).{0,40}(?:ovanför|över|over|ovenfor) (?:den här (?:raden|linjen)|denna (?:rad|linje)|denne linjen?)",
    "(?:vasta|kirjoita).{0,40}tämän (?:rivin|viivan) yläpuolelle",
    "(?:odpowied|odpisz|wpisz|napisz).{0,40}(?:nad|powyżej) (?:tą|tej) lini",
    "(?:odpově|odpov|napiš).{0,40}nad (?:tento řádek|tuto čáru|tento riadok|túto čiaru)",
    "(?:ответ|пишите|введите).{0,40}(?:выше|над) эт(?:ой|ой) (?:строк|лини|черт)",
    "(?:відпові|пишіть|введіть).{0,40}(?:вище|над) ц(?:ього|им|ієї|ією) (?:рядк|ліні)",
    "(?:válasz|írja).{0,40}e (?:sor|vonal) fölé",
    "(?:yanıt|cevab|yaz).{0,40}bu (?:satırın|çizginin) üst",
    "この(?:行|線)(?:より|の)上|(?:在)?[此这這](?:一)?[行线線](?:的)?(?:之|以)?上(?:方|面)?(?:回[复覆復])?|이 (?:줄|선) 위에",
  ].join("|"),
  "iu",
)
const opened = /^[\s>]{0,8}[-_=*#~+|\u2010-\u2015]{2,60}/
const closed = /[-_=*#~+|\u2010-\u2015]{2,60}\s{0,8}$/
const longest = 160

/** Whether a line only asks to write above it. People speak of such lines too, so it must be drawn around on both sides. */
export const isReplyLine = (line: string) =>
  line.length <= longest && opened.test(line) && closed.test(line.slice(-70)) && phrases.test(line)

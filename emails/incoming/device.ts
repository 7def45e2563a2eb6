/** "Sent from my phone", in as many words as phones have. */

const begins = new RegExp(
  `^(?:${[
    "sent (?:from|with|via|using) |sent (?:[\\w-]+ )?from |get outlook for|get bluemail|from my (?:i|phone|mobile|android|samsung|galaxy|black)",
    "von mein|von samsung mobile|gesendet (?:von|mit|über)|diese nachricht wurde (?:von|mit)|holen sie sich outlook|outlook für (?:android|ios)",
    "envoyé (?:de|depuis|avec|à partir|par)|télécharge[rz] outlook|obten(?:ez|ir) outlook|provenance : ",
    "enviado (?:desde|do|de|da|a partir|por|com)|enviat des de|obt(?:ener|er o|ener) outlook",
    "inviato (?:da|con|dal)|ottieni outlook|scarica outlook",
    "verzonden (?:vanaf|via|met|vanuit)|verstuurd vana[fu]|download outlook|outlook voor",
    "skickat? från|skickades från|från min|hämta outlook|sendt fra|hent outlook|få outlook for|lähetetty |hanki outlook",
    "wysłan[eoy] ze? |pobierz (?:aplikację )?outlook|odesláno ze? |odoslané z|poslano (?:ze?|s|sa|iz|preko) |elküldve ",
    "отправлено (?:с|из)|скачайте outlook|надіслано з|изпратено от|послато с|trimis de|στάλθηκε από",
    "saadetud minu|nosūtīts no |išsiųsta iš |gửi từ|được gửi từ|dikirim dari|dihantar dari|ส่งจาก",
    "נשלח מ|أُ?رسلت? من|تم الإرسال من|ارسال شده از",
    "(?:發|发)(?:送)?自(?:我的| windows)|(?:來|来)自我的|從我的|从我的|나의 (?:iphone|ipad)",
  ].join("|")})`,
  "iu",
)
/** Languages that say so at the end, naming the device first. */
const ends = new RegExp(
  `^(?:yahoo!メール|[^.:?!]{0,12}(?:iphone|ipad|android|samsung|galaxy|huawei|xiaomi|yahoo!?|outlook|스마트폰))[^.:?!]{0,40}(?:${[
    "gesendet|gönderildi|küldve|が?から送信(?:されました)?|より送信|에서 보냄|에서 보냈습니다|傳送|发送",
  ].join("|")})\\.?$`,
  "iu",
)
const elsewhere =
  /^\p{L}[\p{L}.]{0,20} from (?:my )?mobile\.?$|^[(<«[]{1,3}\s?sent (?:by|from|via|with) .{1,60}[)>»\]]{1,3}$/iu
const excuse =
  /(?:^|[.,;!–-]\s*)(?:please |kindly )?(?:excuse|forgive|pardon|apologies for|sorry for) (?:my |the |any )?(?:brevity|typos?|spelling|errors|mistakes|terseness|short\w*)[^.!?]{0,50}[.!]?$/iu

/** Whether a line only says with what a mail was written. */
export function isDevice(line: string) {
  const bare = line.slice(0, 400).trim()
  if (bare === "" || bare.length > 300) return false
  if (elsewhere.test(bare)) return true
  const whole = bare
    .replace(/\[([^\]]{1,80})\]\([^)]{1,200}\)|<https?:[^>]{1,250}>/g, "$1")
    .replace(/^[\s*_(<«[-]{1,6}/, "")
    .replace(/[\s*_]{1,4}$/, "")
  const text = whole.replace(excuse, "")
  if (text === "") return whole !== ""
  return text.length < 90 && (begins.test(text) || ends.test(text)) && !/[.!?]\s+\p{Lu}|[?:]$/u.test(text)
}

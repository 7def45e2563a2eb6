import iconv from "iconv-lite"

/** What is written most in the languages of each charset that is ever sent without its name. */
export type Alphabet = {
  charset: string
  /** Letters that make up most of any text. */
  common: ReadonlySet<string>
  /** Those of the rest that anybody knows: of Chinese letters the charset holds the usual ones apart from the rare. */
  familiar: ReadonlySet<string>
  /** All that belong to the script. */
  letters: RegExp
  /** Letters of A to Z stand in the same words. */
  isLatin: boolean
  /** Bytes of a letter. */
  width: 1 | 2
}

const none: ReadonlySet<string> = new Set()
const european = "äöüßéèêëàâçîïôûùáíóúñãõåæøœðþ"
const central = "ąćęłńóśźżáčďéěíňřšťúůýžäöüőűăâîșțľĺôŕđ"
const han =
  "的一是不了在人有我他中大上国这个和要你们来到时地出就得可下过子说生自后也会家对年多没心用工发天小如本成作当方现行分同学事之三定去能好看起前十面开只于所动又业长主部点样公法二已高理问题产品您请谢订单票客服系电话邮件收到感货款退换何与为信务加我司联附回复"
const traditional =
  "的一是不了在人有我他中大上國這個和要你們來到時地出就得可下過子說生自後也會家對年多沒心用工發天小如本成作當方現行分同學事之三定去能好看起前十面開只於所動又業長主部點樣公法二已高理問題產品您請謝訂單票客服系電話郵件收到感貨款退換何與為信務加我司聯附回覆"
const japanese =
  "のにはをたがでてとしれさいなるすもかられこあっりきまくけどよせおわえみだつちそねろやめうんばょじげほふむへぶゆごご、。ー・ンスルトイクリアラドシタフレジコロムメテプマサグパナニカ「」" +
  "日本語大人年月中会社様件名送信注文商品問合連絡願致申上文字下手番号電話何度届不具返先御知受付時間分今回私"
const hangul =
  "이다는에을를가은의하고지도한로기사어리자대해나아으서인시그니요습안게합세녕문주있었부보내제전정수일원상들라여오관장과구면만스화조송품성연회우"

/** The first one wins where the bytes fit several equally. */
export const alphabets: readonly Alphabet[] = [
  latin("windows-1252", european),
  script("windows-1251", "оеаинтсрвлкмдпуязыьбгчй", /\p{Script=Cyrillic}/u),
  script("koi8-r", "оеаинтсрвлкмдпуязыьбгчй", /\p{Script=Cyrillic}/u),
  latin("windows-1250", central),
  latin("iso-8859-2", central),
  script("windows-1253", "αοιετσνηρπκυλμςάίόέήύώω", /\p{Script=Greek}/u),
  script("windows-1255", "יוהלארמתבשנםעןחקדפכ", /\p{Script=Hebrew}/u),
  script("windows-1256", "اليمنوترهبسعدكفقحةأجشطص", /\p{Script=Arabic}/u),
  script("windows-874", "านรกอเงมยลวดทสตะปบคหแจพชขใไ่้ีัิุูื", /\p{Script=Thai}/u),
  eastern("gb18030", /\p{Script=Han}/u, han, [0xb0, 0xd7]),
  eastern("big5", /\p{Script=Han}/u, traditional, [0xa4, 0xc6]),
  eastern("euc-kr", /\p{Script=Hangul}/u, hangul, [0xb0, 0xc8]),
  eastern("shift_jis", /[\u3040-\u30ff]|\p{Script=Han}/u, japanese, [0x88, 0x98]),
  eastern("euc-jp", /[\u3040-\u30ff]|\p{Script=Han}/u, japanese, [0xb0, 0xcf]),
]

function latin(charset: string, common: string): Alphabet {
  return {
    charset,
    common: new Set(common + common.toUpperCase()),
    letters: /\p{Script=Latin}/u,
    familiar: none,
    isLatin: true,
    width: 1,
  }
}

function script(charset: string, common: string, letters: RegExp): Alphabet {
  return { charset, common: new Set(common + common.toUpperCase()), familiar: none, letters, isLatin: false, width: 1 }
}

/** `usual`: the first bytes of the pairs that hold the usual letters. */
function eastern(charset: string, letters: RegExp, common: string, usual: readonly [number, number]): Alphabet {
  const bytes: number[] = []
  for (let first = usual[0]; first <= usual[1]; first++)
    for (let second = 0xa1; second <= 0xfe; second++) bytes.push(first, second)
  const familiar = new Set(iconv.decode(Buffer.from(bytes), charset))
  return { charset, common: new Set(common), familiar, letters, isLatin: false, width: 2 }
}

/** What each charset is called, letters and digits alone. Charsets are read as the larger one that holds them. */
const called: Record<string, string> = {
  "": "none ansi default unknown unknown8bit 8bit 7bit binary usascii ascii ansix341968 ansix341986 iso646us us us7bit 646 userdefined charset null undefined auto iso885912 unspecified iso646irv isoir6 ansix34 ascii8bit cp367 ibm367 iso646jp isoir14 jp iso646cn isoir57 cn",
  "utf-8": "utf8 utf unicode11utf8 cp65001 65001 utf8mb4 utf8mb3 utf8n utf8bom unicode20utf8 cesu8",
  "utf-7": "utf7 unicode11utf7 unicode20utf7 cp65000 65000",
  "utf-16": "utf16 unicode ucs2 iso10646ucs2",
  "utf-16le": "utf16le unicodefeff unicodelittle ucs2le",
  "utf-16be": "utf16be unicodefffe unicodebig ucs2be",
  "utf-32": "utf32 ucs4 iso10646ucs4",
  "utf-32le": "utf32le ucs4le",
  "utf-32be": "utf32be ucs4be",
  "windows-1252":
    "iso88591 isoir100 latin1 l1 isolatin1 ibm819 cp819 1252 windowslatin1 88591 iso8859 latin ansi1252 windowsansi westerneuropean msansi",
  "windows-1254": "iso88599 latin5 l5 isolatin5 88599 1254 turkish turkish8 isoir148 msturk",
  "windows-874":
    "win874 iso885911 tis620 windows874 cp874 ms874 874 dos874 iso8859111 tis62025331 thai thai8 isoir166 tis6200 tis62025291 tis62025330",
  "iso-8859-2": "iso88592 latin2 l2 isolatin2 88592 isoir101",
  "iso-8859-3": "iso88593 latin3 l3 isolatin3 88593 isoir109",
  "iso-8859-4": "iso88594 latin4 l4 isolatin4 88594 isoir110",
  "iso-8859-5": "iso88595 cyrillic isolatincyrillic 88595 isoir144",
  "iso-8859-6": "iso88596 iso88596i iso88596e arabic isolatinarabic asmo708 ecma114 88596 isoir127 arabic8",
  "iso-8859-7": "iso88597 greek greek8 isolatingreek elot928 ecma118 88597 isoir126",
  "iso-8859-8": "iso88598 iso88598i iso88598e hebrew logical visual isolatinhebrew 88598 isoir138 hebrew8",
  "iso-8859-10": "iso885910 latin6 l6 isolatin6 isoir157",
  "iso-8859-13": "iso885913 latin7 l7 isoir179",
  "iso-8859-14": "iso885914 latin8 l8 isoir199 celtic celtic8 isoceltic",
  "iso-8859-15": "iso885915 latin9 l9 isolatin9 885915 latin0 isoir203",
  "iso-8859-16": "iso885916 latin10 l10 isoir226",
  "koi8-r": "koi8r koi8 koi cskoi8r 20866 cp20866 ibm878",
  "koi8-u": "koi8u koi8ru 21866 cp21866 ibm1168",
  cp850: "cp850 ibm850 850 dos850 pc850 pc850multilingual",
  cp437: "cp437 ibm437 437 dos437 pc437 pc8codepage437",
  cp852: "cp852 ibm852 852 dos852 pcp852",
  cp866: "cp866 ibm866 866 dos866",
  macintosh: "macintosh macroman mac macosroman 10000",
  maccyrillic: "maccyrillic macukraine 10007",
  maccroatian: "maccroatian",
  macgreek: "macgreek 10006",
  macturkish: "macturkish 10081",
  maccenteuro: "macce maccentraleurope maccenteuro 10029",
  gb18030:
    "gb18030 gb2312 gbk cp936 936 ms936 windows936 chinese gb231280 euccn cngb eucgb gb isoir58 zhgbk zhcn gb23121980 iso58gb231280",
  hz: "hz hzgb2312 hzgb",
  big5: "big5 big5hkscs cnbig5 xbig5 big5eten cp950 950 ms950 windows950 zhtw eucbig5 big5hkscs2004",
  "euc-kr":
    "euckr ksc56011987 ksc56011989 ksc5601 ksc ksx1001 korean cp949 949 ms949 windows949 uhc isoir149 ks 5601 ksc56011992",
  "iso-2022-kr": "iso2022kr",
  shift_jis: "shiftjis sjis mskanji windows31j cp932 932 ms932 windows932 ms31j macjapanese sjiswin",
  "euc-jp": "eucjp ujis eucjpms cp51932 51932 eucpkdfmtjapanese eucjpwin cp20932",
  "iso-2022-jp":
    "iso2022jp iso2022jp1 iso2022jp2 iso2022jp3 iso2022jp2004 iso2022jpms cp50220 cp50221 cp50222 50220 50221 50222 jis 2022jp",
  viscii: "viscii viscii111",
  tcvn: "tcvn tcvn5712 tcvn57121",
  armscii8: "armscii8",
  rk1048: "rk1048 strk10482002 kz1048",
  "windows-1250": "msee",
  "windows-1251": "mscyrl",
  "windows-1253": "msgreek",
  "windows-1255": "mshebr",
  "windows-1256": "msarab",
  "windows-1257": "winbaltrim",
  "windows-1258": "vps",
  cp775: "pc775baltic",
  cp862: "pc862latinhebrew",
  cp869: "cpgr",
  maciceland: "maciceland 10079",
  macromania: "macromania",
  macthai: "macthai",
  mik: "mik",
  pt154: "pt154 ptcp154 cp154 cyrillicasian",
  koi8t: "koi8t",
  georgianacademy: "georgianacademy",
  georgianps: "georgianps",
  hproman8: "hproman8 roman8 r8 xroman8 ibm1051",
}
const names = new Map(
  Object.entries(called).flatMap(([charset, list]) => list.split(" ").map((name) => [name, charset] as const)),
)

/**
 * One name for every charset, whatever a mail program calls it; "" when the name says nothing about the
 * bytes: none, plain ASCII, or made up.
 */
export function charsetNamed(declared: string): string {
  const bare = declared
    .toLowerCase()
    .replace(/\*[\s\S]*/, "")
    .replace(/^\W*(?:charset\W)?/, "")
    .replace(/[^a-z0-9]/g, "")
  const known = names.get(bare) ?? names.get(bare.replace(/^(?:cs|x)/, ""))
  if (known !== undefined) return known
  // Microsoft counts the parts of ISO 8859 from 28591 on.
  const [, part] = /^(?:cp)?28(59[1-9]|60[0-6])$/.exec(bare) ?? []
  if (part) return names.get(`iso8859${Number(part) - 590}`) ?? ""
  const [, page] = /^x?(?:cp|ms|win|windows|ansi)?(125[0-8])/.exec(bare) ?? []
  if (page) return `windows-${page}`
  const [, old] =
    /^(?:cs|x)?(?:cp|ibm|dos)?(7(?:20|37|75)|8(?:08|5[5-8]|6[0-5]|69)|922|1046|112[459]|113[34]|116[1-3])$/.exec(
      bare,
    ) ?? []
  return old ? `cp${old}` : ""
}

/** Charsets without a byte above 0x7f, where ASCII bytes may mean anything. */
export const isSevenBit = (charset: string) => /^(?:utf-(?:7|16|32)|iso-2022|hz)/.test(charset)

/**
 * Where anybody has an address, or can have one today: sharing a domain there makes nobody colleagues. By the name before
 * the ending (yahoo.co.uk, yahoo.fr), because most are there in many countries. A company of the same name elsewhere is
 * taken for strangers, whose mail opens a case of its own beside the other: the smaller mistake. A list of ours, for the
 * public suffix list does not know who gives mailboxes away.
 */
const names = `
  126 139 163 189 21cn abv aim alice aliceadsl aliyun aol aon arcor att azet bbox bellsouth biglobe bigmir bigpond bk
  bluewin blueyonder bol btinternet centrum centurylink charter chello citromail comcast cox daum disroot docomo duck
  earthlink eircom email excite ezweb fastmail fastwebnet foxmail free freemail freenet frontier frontiernet gazeta
  globo globomail gmail gmx googlemail hanmail hetnet hey hispeed home hotmail hush hushmail icloud ig inbox interia
  juno kabelmail kakao kpnmail laposte libero list live lycos mac mail mailbox mailfence mailinator me meta
  mindspring mozmail msn nate naver netscape netvision netzero neuf nifty ntlworld numericable o2 ocn oi one onet
  online onmicrosoft op optonline optusnet orange outlook pacbell pandora planet pm poczta post posteo prodigy proton
  protonmail qq r7 rambler rediffmail riseup rocketmail rogers rr runbox sapo sbcglobal scarlet seznam sfr shaw
  simplelogin sina sky skynet softbank sohu startmail sympatico t-online talktalk telefonica telenet telia telus
  terra tin tiscali tom tuta tutamail tutanota ukr unitybox uol upcmail verizon videotron virgilio virgin virginmedia
  vivo vodafone vodafonemail volny vp walla wanadoo web windstream wp xs4all xtra ya yahoo yandex yeah ymail ziggo
  zoho zohomail
`
/** Addresses made for one purpose each, behind which anybody may be. */
const relays = "addy amazon anonaddy appleid ebay"

const everybodys = new Set(`${names} ${relays}`.trim().split(/\s+/))

/** Whether anybody can have an address below a registered domain, such as `yahoo.co.uk`. */
export const isFreemail = (registered: string) => everybodys.has(registered.slice(0, registered.indexOf(".")))

/** What a mail is set in: which language it is in, as far as its letters tell, and from which side it is read. */
export type Language = { lang: string; dir: "ltr" | "rtl" }

/** The desk's own words. */
export const english: Language = { lang: "en", dir: "ltr" }

/** As much as tells it. */
const mostRead = 4000

const rightToLeft =
  /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}\p{Script=Samaritan}\p{Script=Mandaic}\p{Script=Hanifi_Rohingya}]/gu

/**
 * By the letters somebody writes in: the first text that has any decides. Addresses and names of products stay Latin in
 * any language, so a third of the letters is enough to be read from the right.
 */
export function languageOf(...texts: readonly string[]): Language {
  for (const text of texts) {
    const words = text.slice(0, mostRead).replace(/https?:\S{1,2000}|\S{1,64}@\S{1,255}/g, " ")
    const letters = count(words, /\p{L}/gu)
    if (letters === 0) continue
    if (count(words, rightToLeft) * 3 < letters) return english
    return { lang: nameOf(words), dir: "rtl" }
  }
  return english
}

const count = (text: string, signs: RegExp) => text.match(signs)?.length ?? 0

/** Letters that one of the languages written in a script has and the others have not. */
function nameOf(words: string) {
  if (/\p{Script=Hebrew}/u.test(words)) return "he"
  if (/\p{Script=Syriac}/u.test(words)) return "syr"
  if (/\p{Script=Thaana}/u.test(words)) return "dv"
  if (!/\p{Script=Arabic}/u.test(words)) return "und"
  if (/[ٹڈڑںےۓھ]/.test(words)) return "ur"
  return /[پچژگکی]/.test(words) ? "fa" : "ar"
}

import type { Alphabet } from "./alphabets.server.ts"

const broken = /[\ufffd\u0080-\u009f\ue000-\uf8ff]|\p{Unassigned}/u
const anywhere = /[–—‘’“”„…€«»°§©®·•™¿¡£\u00a0、。，：；！？（）《》「」\u3000～]/u
const final = /[ךםןףץς]/
const leadingVowel = /[เแโใไ]/

/**
 * How much a text looks like something written in that alphabet, for each byte that is not ASCII: about 1 for a text
 * somebody wrote, far below 0 for one read in a charset it was not written in.
 */
export function plausibility(text: string, alphabet: Alphabet): number {
  let score = 0
  let bytes = 0
  let run = 0
  let before = " "
  for (const letter of `${text} `) {
    const isAscii = letter <= "\u007f"
    // A lone letter of a foreign script is hardly a word.
    if (isAscii && run === 1 && alphabet.width === 1 && !alphabet.isLatin) score -= 0.6
    run = isAscii ? 0 : run + 1
    if (!isAscii) {
      bytes += alphabet.width
      score += alphabet.width * (worth(letter, alphabet) + (alphabet.isLatin && run > 2 ? -1 : 0))
    }
    score += beside(before, letter, alphabet)
    before = letter
  }
  return bytes === 0 ? 0 : score / bytes
}

function worth(letter: string, { common, familiar, letters, isLatin, width }: Alphabet) {
  if (common.has(letter)) return isLatin || letter.toLowerCase() === letter ? 1 : 0.95
  if (broken.test(letter)) return -8
  if (anywhere.test(letter)) return isLatin ? 0.6 : 0.2
  if (letters.test(letter)) return width === 2 ? (familiar.has(letter) ? 0.6 : -0.5) : 0
  return -2
}

/** Two letters that never follow one another in a word of one language. */
function beside(before: string, letter: string, { letters, isLatin, width }: Alphabet) {
  if (before <= "\u007f" && letter <= "\u007f") return 0
  if (/\p{Ll}/u.test(before) && /\p{Lu}/u.test(letter)) return -2
  if (final.test(before) && letters.test(letter)) return -2
  if (leadingVowel.test(before) && !/[ก-ฮ]/.test(letter)) return -2
  if (isLatin && (/\d/.test(before) ? /\p{L}/u.test(letter) : /\d/.test(letter) && /\p{L}/u.test(before))) return -1
  if (isLatin) return isSign(letter) && /\p{L}/u.test(before) ? -1 : 0
  const mixes = isAsciiLetter(before) ? letters.test(letter) : isAsciiLetter(letter) && letters.test(before)
  return mixes ? (width === 2 ? -0.5 : -1) : 0
}

const isAsciiLetter = (letter: string) => /^[A-Za-z]$/.test(letter)
const isSign = (letter: string) => /[±³¶¹²¼½¾¿¡¤¦¬¨¯´¸ªº£¥¢]/.test(letter)

import { bare, isDull, likelyCores, ownWords, withoutWords } from "./password-words.ts"

export const shortestPassword = 12
export const longestPassword = 256

/** Whose password it will be, and on which desk. */
export type Chooser = { name: string; email: string; deskName: string }

/** Whether something is among the `most` passwords that people use most. */
export type IsCommon = (text: string, most: number) => boolean

/** What somebody guessing tries first, as it is; and what they vary with digits, signs and look-alikes. */
const [tried, varied] = [Number.POSITIVE_INFINITY, 10_000]
const firstTried = "That password is too easy to guess"

export function lengthRefusal(password: string): string | null {
  const length = [...password].length
  if (length < shortestPassword) return `A password has at least ${shortestPassword} characters`
  return length > longestPassword ? `A password has at most ${longestPassword} characters` : null
}

/** Why this cannot be a password, in words for the person choosing it; null when it can. */
export function passwordRefusal(password: string, chooser: Chooser, isCommon: IsCommon): string | null {
  const tooLongOrShort = lengthRefusal(password)
  if (tooLongOrShort !== null) return tooLongOrShort
  const typed = password.normalize("NFKC").toLowerCase()
  if (isDull(typed) || [typed, bare(typed)].some((text) => isCommon(text, tried))) return firstTried
  if (likelyCores(typed).some((text) => isCommon(text, varied))) return firstTried
  const { desk, own } = ownWords(chooser)
  if (isTooFew(withoutWords(typed, desk))) return "A password must be more than the desk's name"
  if (isTooFew(withoutWords(typed, [...desk, ...own])))
    return "A password must be more than your name, your address and the desk's name"
  return null
}

/** Fewer than four letters beside words that anybody knows. */
const isTooFew = (rest: { letters: number; removed: boolean }) => rest.removed && rest.letters < 4

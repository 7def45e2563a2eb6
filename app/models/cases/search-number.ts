/** Countries' calling codes of one and of two digits (ITU E.164); every other one has three. */
const shortCodes = /^(?:[17]|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58])/
const longest = 24

/** Digits as they were written: groups, and whether a plus stood before the first. */
export type Digits = { groups: readonly string[]; plus: boolean }

/** A number read from each of its groups to its end: whoever types a part begins at some group. */
export function numberForms({ groups, plus }: Digits): string[] {
  const forms = new Set<string>()
  for (let first = 0; first < groups.length; first++) {
    const digits = groups
      .slice(first, first + 8)
      .join("")
      .slice(0, longest)
    forms.add(digits)
    const national = nationalForm(digits, plus && first === 0)
    if (national) forms.add(national)
  }
  return [...forms]
}

/** What may be typed of a number in one go: all its digits, with the country or without. */
export function typedForms({ groups, plus }: Digits): string[] {
  const digits = groups.join("").slice(0, longest)
  return [...new Set([digits, nationalForm(digits, plus) ?? digits])]
}

/** A phone number without its country and without the 0 that stands for one; null where there is neither. */
function nationalForm(digits: string, plus: boolean): string | null {
  const bare = digits.replace(/^0+/, "")
  const isAbroad = plus || (digits.startsWith("00") && bare.length > 8)
  if (!isAbroad && bare.length < digits.length) return bare.length >= 5 ? bare : null
  if (!isAbroad && (digits.length < 11 || digits.length > 15)) return null
  const rest = bare.slice(shortCodes.exec(bare)?.[0].length ?? 3).replace(/^0+/, "")
  return rest.length >= 5 ? rest : null
}

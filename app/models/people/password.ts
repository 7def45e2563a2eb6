export const shortestPassword = 12
export const longestPassword = 256

/** The long ones among the passwords people use most; shorter ones are refused by their length. */
const common =
  "123456789012 1234567890123 12345678901234 1q2w3e4r5t6y qwertyuiop123 qwertyuiopas password1234 password12345 passwordpassword administrator iloveyou1234 abcdefghijkl abcdefghijklm abc123abc123 letmeinletmein welcome12345 welcome123456 changemechangeme changeme1234 qwerty123456 qwerty1234567 1qaz2wsx3edc 1qaz2wsx3edc4rfv zaq12wsxcde3 qazwsxedcrfv football1234 princess1234 sunshine1234 monkey123456 dragon123456 charlie12345 superman1234 trustno1trustno1 correcthorsebatterystaple".split(
    " ",
  )

/** Why this cannot be a password, in words for the person choosing it; null when it can. */
export function passwordRefusal(password: string, deskName: string): string | null {
  const length = [...password].length
  if (length < shortestPassword) return `A password has at least ${shortestPassword} characters`
  if (length > longestPassword) return `A password has at most ${longestPassword} characters`
  const plain = password.toLowerCase().replace(/[\s._-]/g, "")
  if (common.includes(plain) || new Set(plain).size < 4) return "That password is among the first anybody would try"
  const rest = [deskName, "upturn"].reduce(
    (left, word) => left.replaceAll(word.toLowerCase().replace(/\s/g, "") || "\0", ""),
    plain,
  )
  return rest.replace(/\d/g, "").length < 4 ? "A password must be more than the desk's name" : null
}

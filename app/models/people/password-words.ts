/** Long ones that no list of stolen passwords has yet, each from a picture or a song everybody knows. */
const known = ["correcthorsebatterystaple", "trustnotrustno"]

const lookAlikes: Record<string, string> = {
  "0": "o",
  "1": "i",
  "3": "e",
  "4": "a",
  "5": "s",
  "7": "t",
  "8": "b",
  "@": "a",
  $: "s",
  "!": "i",
  "+": "t",
}

/** Without what people put between words. */
export const bare = (text: string) => text.replace(/[\s._\-,;:/]/g, "")

/** Nothing but digits, or hardly a different character in it. */
export const isDull = (text: string) =>
  /^\d*$/.test(bare(text)) || new Set(bare(text)).size < 4 || known.includes(bare(text))

/** The word a password may be made of: digits and signs around it taken off, look-alikes read as letters, said once. */
export function likelyCores(text: string): string[] {
  const plain = bare(text)
  const behind = /^.*\p{L}/su.exec(plain)?.[0] ?? ""
  const around = behind.replace(/^[^\p{L}]+/u, "")
  const cores = [plain, behind, around].flatMap((core) => [core, asLetters(core)])
  return [...new Set([...cores, ...cores.map(saidOnce)])].filter((core) => core.length > 3)
}

type Names = { name: string; email: string; deskName: string }

/** What anybody can know of the person and the desk, longest first. */
export function ownWords({ name, email, deskName }: Names) {
  const [local = "", domain = ""] = email.split("@")
  const labels = domain.split(".")
  return {
    desk: words([deskName, "upturn"]),
    own: words([name, local, domain, ...[name, local, deskName].flatMap(partsOf), ...labels.slice(0, -1)]),
  }
}

/** How many letters are left once those words are out. Other signs than letters and digits count as letters do: emoji. */
export function withoutWords(text: string, out: readonly string[]) {
  const plain = bare(text)
  const rest = out.reduce((left, word) => left.replaceAll(word, ""), plain)
  return { removed: rest !== plain, letters: [...rest.replace(/[\p{N}\p{P}\p{Z}\p{Sc}\p{Sm}\p{Sk}]/gu, "")].length }
}

const words = (list: readonly string[]) =>
  [...new Set(list.map((word) => bare(word.normalize("NFKC").toLowerCase())))]
    .filter((word) => word.length > 2)
    .sort((a, b) => b.length - a.length)

const partsOf = (text: string) => text.split(/[^\p{L}\p{N}]+/u)

const asLetters = (text: string) => text.replace(/[0134578@$!+]/g, (sign) => lookAlikes[sign] ?? sign)

/** `hunterhunter` is `hunter`. Tried at each length that fits, so its work grows with the length only. */
function saidOnce(text: string): string {
  const length = [1, 2, 3, 4, 5, 6].map((times) => text.length / times).findLast((part) => isRepeated(text, part))
  return text.slice(0, length ?? text.length)
}

const isRepeated = (text: string, part: number) =>
  Number.isInteger(part) && text === text.slice(0, part).repeat(text.length / part)

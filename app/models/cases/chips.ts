/** Which files of a message a person is shown to open. All of them stay stored, and in the API. */

type File = { filename: string; contentType: string; size: number; sha256: string; inline: boolean }

/** Without pictures shown in the text, seals of the mail, and an invitation's second copy. */
export function chipsOf<T extends File>(files: readonly T[]): T[] {
  const listed = files.filter(({ inline }) => !inline)
  return listed.filter((file) => !isSeal(file, listed) && !isSecondCopy(file, listed))
}

/** What was signed apart has a signature of its own name, `contract.pdf.p7s`: that one somebody wants to keep. */
function isSeal({ filename, contentType }: File, files: readonly File[]) {
  if (contentType === "application/pgp-encrypted") return files.length > 1
  if (/^application\/(?:x-)?pkcs7-signature$/.test(contentType)) return /^(?:smime|attachment)\.p7s$/i.test(filename)
  if (contentType === "application/octet-stream") return /^smime\.p7s$/i.test(filename)
  const isOfAFile = files.some((other) => other.filename !== filename && filename.startsWith(`${other.filename}.`))
  return contentType === "application/pgp-signature" && !isOfAFile
}

/** Calendars are sent twice: as a way to read the mail, without a name, and as a file. */
function isSecondCopy(file: File, files: readonly File[]) {
  if (!isCalendar(file)) return false
  return files.some(
    (other) => other !== file && isCalendar(other) && isSame(file, other) && isBetter(other, file, files),
  )
}

const isCalendar = ({ contentType, filename }: File) =>
  contentType === "text/calendar" || contentType === "application/ics" || /\.ics$/i.test(filename)

/** On the way one of the two may have lost the line end behind its last line. */
const isSame = (one: File, other: File) =>
  one.sha256 === other.sha256 || [1, 2].includes(Math.abs(one.size - other.size))

/** The one that has a name of its own, else the first. */
function isBetter(other: File, file: File, files: readonly File[]) {
  if (isNamed(other) !== isNamed(file)) return isNamed(other)
  return files.indexOf(other) < files.indexOf(file) && other.sha256 === file.sha256
}

/** The name we give to what has none. */
const isNamed = ({ filename }: File) => filename !== "attachment.ics"

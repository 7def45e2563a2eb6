/** What an unnamed file is called by: what its first bytes say it is, else what its mail says. */
export function extensionOf(bytes: Uint8Array, declared: string): string {
  const start = latin1(bytes.subarray(0, 2000))
  const found = sniffed(start)
  if (found === "zip") return inZip(latin1(bytes.subarray(0, 100_000)))
  if (found === "doc") return oldOffice[declared] ?? "doc"
  const [, named] = /^(?:image|audio|video|application)\/([a-z0-9]{1,8})$/.exec(declared) ?? []
  const known = found ?? extensions[declared] ?? named
  if (known !== undefined) return known
  return start !== "" && !/[^\P{Cc}\t\n\f\r\u0080-\u009f]/u.test(start) ? "txt" : "bin"
}

/** Of each kind of file what it begins with, and at which byte. Only what no text begins with by chance. */
const beginnings: readonly [extension: string, at: number, ...signs: string[]][] = [
  ["png", 0, "\x89PNG\r\n"],
  ["jpg", 0, "\xff\xd8\xff"],
  ["gif", 0, "GIF87a", "GIF89a"],
  ["webp", 8, "WEBP"],
  ["wav", 8, "WAVEfmt "],
  ["avi", 8, "AVI LIST"],
  ["heic", 4, "ftypheic", "ftypheix", "ftypmif1", "ftypmsf1"],
  ["avif", 4, "ftypavif"],
  ["m4a", 4, "ftypM4A"],
  ["mov", 4, "ftypqt"],
  ["mp4", 4, "ftyp"],
  ["tif", 0, "II*\0", "MM\0*"],
  ["bmp", 6, "\0\0\0\0\x36\0\0\0", "\0\0\0\0\x8a\0\0\0"],
  ["ico", 0, "\0\0\x01\0\x01\0", "\0\0\x01\0\x02\0"],
  ["pdf", 0, "%PDF-"],
  ["zip", 0, "PK\x03\x04"],
  ["doc", 0, "\xd0\xcf\x11\xe0"],
  ["rtf", 0, "{\\rtf"],
  ["gz", 0, "\x1f\x8b"],
  ["bz2", 0, "BZh9"],
  ["7z", 0, "7z\xbc\xaf"],
  ["rar", 0, "Rar!"],
  ["mp3", 0, "ID3", "\xff\xfb", "\xff\xf3", "\xff\xf2"],
  ["ogg", 0, "OggS"],
  ["flac", 0, "fLaC"],
  ["amr", 0, "#!AMR"],
  ["webm", 0, "\x1a\x45\xdf\xa3"],
  ["vcf", 0, "BEGIN:VCARD"],
  ["ics", 0, "BEGIN:VCALENDAR"],
]
const drawing = /^\s{0,20}(?:<\?xml[^>]{0,200}>\s{0,20})?(?:<!--[^>]{0,500}-->\s{0,20})?<svg[\s>]/i
const page = /^\s{0,20}<(?:!doctype html|html)[\s>]/i

function sniffed(start: string) {
  const [found] = beginnings.find(([, at, ...signs]) => signs.some((sign) => start.startsWith(sign, at))) ?? []
  if (found) return found
  const words = start.replace(/^\xef\xbb\xbf/, "")
  return drawing.test(words) ? "svg" : page.test(words) ? "html" : null
}

const extensions: Record<string, string> = {
  "message/rfc822": "eml",
  "message/delivery-status": "txt",
  "text/plain": "txt",
  "text/html": "html",
  "text/csv": "csv",
  "text/xml": "xml",
  "text/calendar": "ics",
  "text/vcard": "vcf",
  "text/x-vcard": "vcf",
  "text/rfc822-headers": "txt",
  "image/jpeg": "jpg",
  "image/svg+xml": "svg",
  "audio/mpeg": "mp3",
  "application/pkcs7-signature": "p7s",
  "application/x-pkcs7-signature": "p7s",
  "application/pkcs7-mime": "p7m",
  "application/x-pkcs7-mime": "p7m",
  "application/pgp-signature": "asc",
  "application/pgp-encrypted": "asc",
  "application/ms-tnef": "dat",
}

const oldOffice: Record<string, string> = {
  "application/vnd.ms-excel": "xls",
  "application/vnd.ms-powerpoint": "ppt",
  "application/vnd.ms-outlook": "msg",
}

/** Office files are zip files; which kind, the names of the first files in them tell. */
function inZip(start: string) {
  const [, open] = /mimetypeapplication\/vnd\.oasis\.opendocument\.(text|spreadsheet|presentation)/.exec(start) ?? []
  if (open) return open === "text" ? "odt" : open === "spreadsheet" ? "ods" : "odp"
  if (start.includes("mimetypeapplication/epub+zip")) return "epub"
  if (!start.includes("[Content_Types].xml")) return "zip"
  if (start.includes("word/")) return "docx"
  return start.includes("xl/") ? "xlsx" : start.includes("ppt/") ? "pptx" : "zip"
}

const latin1 = (bytes: Uint8Array) => Array.from(bytes, (byte) => String.fromCharCode(byte)).join("")

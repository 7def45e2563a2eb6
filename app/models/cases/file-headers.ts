/**
 * How a file of a stranger's leaves the desk: as bytes to save, whatever it calls itself. Only what
 * its first bytes say is a picture may be looked at, when the page asks for that.
 */
export function fileHeaders(filename: string, picture: string | null): Record<string, string> {
  return {
    "Content-Type": picture ?? "application/octet-stream",
    "Content-Disposition": picture ? "inline" : attachmentAs(filename),
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "private, no-store",
  }
}

/** The kind of picture the bytes begin like; null for anything that is not png, jpeg, gif or webp. */
export function pictureType(bytes: Uint8Array): string | null {
  const starts = (...wanted: number[]) => wanted.every((byte, place) => bytes[place] === byte)
  if (starts(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return "image/png"
  if (starts(0xff, 0xd8, 0xff)) return "image/jpeg"
  if (starts(0x47, 0x49, 0x46, 0x38)) return "image/gif"
  const isWebp = starts(0x52, 0x49, 0x46, 0x46) && [0x57, 0x45, 0x42, 0x50].every((byte, i) => bytes[8 + i] === byte)
  return isWebp ? "image/webp" : null
}

/** RFC 6266: a plain name for old programs, the whole one beside it. No sign of either can end the header. */
export function attachmentAs(filename: string) {
  const name = safeName(filename)
  const plain = name.replace(/[^\x20-\x7e]|["\\%]/g, "_")
  const whole = encodeURIComponent(name).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return `attachment; filename="${plain}"; filename*=UTF-8''${whole}`
}

/** Signs that hide or reorder a name are taken out, so that "exe" at its end is seen at its end (CVE-2026-28289). */
export function safeName(filename: string) {
  const seen = filename
    .normalize("NFC")
    .replace(/[\p{C}\u2028\u2029]/gu, "")
    .replace(/[/\\:*?"<>|]/g, "_")
    .trim()
  const short = [...seen].slice(-120).join("").replace(/^\.+/, "")
  return short || "file"
}

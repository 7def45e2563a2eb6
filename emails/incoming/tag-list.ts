/**
 * A tag list (RFC 6376 3.2) by tag in lower case, all blanks taken out of the values. Null for what is none: a tag named
 * twice, and quotes and comments, which the grammar does not have and readers take in different ways.
 */
export function readTags(text: string): ReadonlyMap<string, string> | null {
  if (/["'()\\]/.test(text)) return null
  const tags = new Map<string, string>()
  const parts = text.split(";").map((part) => part.trim())
  if (parts.at(-1) === "") parts.pop()
  for (const part of parts) {
    const equals = part.indexOf("=")
    const name = part.slice(0, Math.max(equals, 0)).trim().toLowerCase()
    if (!/^[a-z][a-z0-9_]*$/.test(name) || tags.has(name)) return null
    tags.set(name, part.slice(equals + 1).replace(/\s+/g, ""))
  }
  return tags
}

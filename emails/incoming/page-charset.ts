/** The charset a page names for itself, by its beginning; "" when it names none. */
export function pageCharset(beginning: string): string {
  const [, meta = ""] = /<meta\s[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{1,40})/i.exec(beginning) ?? []
  if (meta !== "") return meta
  return /^\s*<\?xml\s[^>]{0,100}?encoding\s*=\s*["']([\w.:-]{1,40})/i.exec(beginning)?.[1] ?? ""
}

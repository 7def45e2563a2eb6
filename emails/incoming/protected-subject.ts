/** A node of a mail's tree, as far as it matters here. */
type Branch = { children: readonly Branch[]; headerLines: readonly { key: string; line: string }[] }
type Line = { name: string; value: string }

/** What RFC 9788 and the drafts before it put in place of a subject that is protected. */
const placeholder = /^\s*(?:\.\.\.|\[\.\.\.\])\s*$/

/**
 * The header with the subject its sender protected, where the outer one only says that there is one. A subject of
 * the outer header that says more is the one everybody saw, and stays.
 */
export function withSubject<Field extends Line>(fields: readonly Field[], subject: string): Field[] {
  return fields.map((field) =>
    subject !== "" && field.name === "subject" && placeholder.test(field.value) ? { ...field, value: subject } : field,
  )
}

/** The subject that stands in the part somebody signed, marked as meant for the reader; "" when there is none. */
export function protectedSubject(tree: Branch): string {
  let node: Branch | undefined = tree
  for (let depth = 0; node && depth < 6; depth++) {
    const lines: Branch["headerLines"] = node.headerLines
    const type = headerOf(lines, "content-type")
    const subject = headerOf(lines, "subject")
    if (subject !== "" && /;\s*(?:hp\s*=\s*"?(?:clear|cipher)|protected-headers\s*=\s*"?v1)/i.test(type)) return subject
    node = node.children[0]
  }
  return ""
}

function headerOf(lines: Branch["headerLines"], name: string) {
  const line = lines.find(({ key }) => key === name)?.line.slice(0, 4000) ?? ""
  return line
    .slice(line.indexOf(":") + 1)
    .replace(/\r?\n/g, "")
    .trim()
}

/** A part as BODYSTRUCTURE tells of it (RFC 3501 7.4.2). */
type Structure = {
  part?: string | undefined
  type: string
  parameters?: Record<string, string> | undefined
  encoding?: string | undefined
  size?: number | undefined
  disposition?: string | undefined
  dispositionParameters?: Record<string, string> | undefined
  childNodes?: Structure[] | undefined
}

export type TextPart = { part: string; type: string; charset: string; encoding: string }
export type FileLeft = { name: string; size: number }

const mostTexts = 4
const mostFiles = 50

/** The parts a person reads, and the files beside them. */
export function textPartsOf(structure: Structure | undefined): { texts: TextPart[]; files: FileLeft[] } {
  const leaves = structure ? leavesOf(structure, 0) : []
  const isText = ({ type, disposition }: Structure) =>
    /^text\/(plain|html)$/i.test(type) && disposition !== "attachment"
  const texts = leaves.filter(isText).slice(0, mostTexts).map(asText)
  const files = leaves.filter((leaf) => !isText(leaf)).slice(0, mostFiles)
  return { texts, files: files.map(asFile) }
}

function leavesOf(node: Structure, depth: number): Structure[] {
  if (depth > 50) return []
  return node.childNodes?.length ? node.childNodes.flatMap((child) => leavesOf(child, depth + 1)) : [node]
}

const asText = ({ part, type, parameters, encoding }: Structure): TextPart => ({
  part: part ?? "1",
  type: type.toLowerCase(),
  charset: token(parameters?.charset ?? "utf-8"),
  encoding: token(encoding ?? "7bit"),
})

const asFile = ({ type, parameters, size, dispositionParameters }: Structure): FileLeft => ({
  name: dispositionParameters?.filename ?? parameters?.name ?? type,
  size: size ?? 0,
})

/** Fit for a header field: what a server says of a part was written by the sender. */
const token = (text: string) => text.replace(/[^\w.+:-]/g, "").slice(0, 60) || "x-unknown"

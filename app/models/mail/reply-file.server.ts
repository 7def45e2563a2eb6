import type { Tx } from "#db/connection.server.ts"
import { readFile } from "../cases/attachment.server.ts"
import { draftFiles, type KeptFile, keepFiles, type NewFile } from "../cases/draft-file.server.ts"
import { safeName } from "../cases/file-headers.ts"
import { areTooLarge } from "./reply-file.ts"

/** A file that goes out with a reply: its bytes are kept already. */
export type ReplyFile = KeptFile
type Given = { name: string; type: string; bytes: Buffer }

/** Kept nowhere yet: a reply that is refused leaves nothing behind. */
export function replyFiles(given: Given[]): NewFile[] | "files too large" {
  if (areTooLarge(given.map(({ bytes }) => ({ size: bytes.length })))) return "files too large"
  return given.map(({ name, type, bytes }) => {
    return { filename: safeName(name), contentType: typeOf(type), size: bytes.length, bytes }
  })
}

type Going = { caseNumber: number | null; agentId: number; files: (KeptFile | NewFile)[]; draftFiles: number[] }

/** Those that waited with the writer's draft, then those that are new; all are kept by then. */
export async function filesOfReply(
  tx: Tx,
  { files, ...reply }: Going,
): Promise<ReplyFile[] | "a file is gone" | "files too large"> {
  if (reply.draftFiles.length === 0) return keepFiles(files)
  const waiting = (await draftFiles(reply, tx)).filter(({ id }) => reply.draftFiles.includes(id))
  if (waiting.length < new Set(reply.draftFiles).size) return "a file is gone"
  const all = [...waiting.map(({ id: _id, ...file }) => file), ...files]
  return areTooLarge(all) ? "files too large" : keepFiles(all)
}

/** What a browser calls it, if that is the name of a type and no mail within the mail. */
function typeOf(type: string) {
  const isType = /^[a-z]+\/[\w.+-]{1,100}$/i.test(type) && !/^(message|multipart)\//i.test(type)
  return isType ? type.toLowerCase() : "application/octet-stream"
}

/** The files with their bytes, as they go into the mail. */
export function openReplyFiles(files: ReplyFile[]) {
  return Promise.all(
    files.map(async ({ filename, contentType, sha256 }) => ({
      filename,
      contentType,
      content: await readFile(sha256),
    })),
  )
}

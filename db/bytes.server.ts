import { createHash } from "node:crypto"
import { type SQL, sql } from "drizzle-orm"
import type { Db, Tx } from "./connection.server.ts"

/**
 * The driver writes bytes as text of twice their length, several copies of it, so a mail of 35 MB costs 300 MB of memory
 * in one statement. What is larger than this goes and comes in pieces of this size.
 */
export const pieceBytes = 512 * 1024

/** Runs a statement that stores the bytes, given as an expression. In pieces they wait in a large object meanwhile. */
export async function storing<T>(tx: Tx, bytes: Buffer, store: (value: SQL) => Promise<T>): Promise<T> {
  if (bytes.length <= pieceBytes) return store(sql`${bytes}`)
  const [made] = await tx.execute<{ oid: string }>(sql`select lo_create(0)::text as oid`)
  const oid = sql`${made?.oid ?? ""}::text::oid`
  for (const [at, piece] of piecesOf(bytes)) await tx.execute(sql`select lo_put(${oid}, ${at}::bigint, ${piece})`)
  const done = await store(sql`lo_get(${oid})`)
  await tx.execute(sql`select lo_unlink(${oid})`)
  return done
}

function* piecesOf(bytes: Buffer): Generator<[at: number, piece: Buffer]> {
  for (let at = 0; at < bytes.length; at += pieceBytes) yield [at, bytes.subarray(at, at + pieceBytes)]
}

/** Hashed at a stretch; so much takes a few milliseconds, and then others have their turn. */
const stretch = 4 * 1024 * 1024

/** Of one after the other, however large. */
export async function sha256Of(pieces: readonly Buffer[]): Promise<string> {
  const hash = createHash("sha256")
  for (const piece of pieces)
    for (let at = 0; at < piece.length; at += stretch) {
      if (at > 0) await new Promise((go) => setImmediate(go))
      hash.update(piece.subarray(at, at + stretch))
    }
  return hash.digest("hex")
}

/** A column of bytes, as two to select: null when they are too many for one answer, and how many they are. */
export const inOnePiece = (column: SQL) => ({
  bytes: sql<Buffer | null>`case when octet_length(${column}) <= ${pieceBytes} then ${column} end`,
  size: sql<number | null>`octet_length(${column})`,
})

/** Bytes that were too many for one answer. `from`: the rest of the statement, which finds the one row. */
export async function inPieces(tx: Tx | Db, column: SQL, from: SQL, size: number): Promise<Buffer> {
  // Not filled with zeros first: that alone would take a while of what comes in pieces so that nothing does.
  const bytes = Buffer.allocUnsafe(size)
  for (let at = 0; at < size; at += pieceBytes) {
    const found = await tx.execute<{ piece: Buffer }>(
      sql`select substring(${column} from ${at + 1} for ${pieceBytes}) as piece ${from}`,
    )
    const piece = found[0]?.piece ?? Buffer.alloc(0)
    if (piece.length !== Math.min(pieceBytes, size - at)) throw new Error("stored bytes are fewer than they were")
    piece.copy(bytes, at)
  }
  return bytes
}

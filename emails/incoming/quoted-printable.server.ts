import { Transform, type TransformCallback } from "node:stream"

const [EQUALS, LF, CR, SPACE, TAB] = [0x3d, 0x0a, 0x0d, 0x20, 0x09]

/**
 * RFC 2045 6.7, forgiving: what is no escape stands as it is, space before a line end goes. Piece by piece, where the
 * usual one keeps a whole file as text, several times over.
 */
export class QuotedPrintable extends Transform {
  #input: Buffer = Buffer.alloc(0)
  #output: Buffer = Buffer.alloc(0)
  #written = 0

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback) {
    done(null, this.#decode(chunk, "more to come"))
  }

  override _flush(done: TransformCallback) {
    done(null, this.#decode(Buffer.alloc(0), "the end"))
  }

  /** What cannot be told without the next piece waits in `#input`. */
  #decode(chunk: Buffer, after: "more to come" | "the end") {
    const input = this.#input.length > 0 ? Buffer.concat([this.#input, chunk]) : chunk
    this.#input = input
    this.#output = Buffer.allocUnsafe(input.length)
    this.#written = 0
    let at = 0
    while (at < input.length) {
      const byte = input[at] ?? 0
      if (byte !== EQUALS && byte !== SPACE && byte !== TAB) {
        this.#output[this.#written++] = byte
        at++
        continue
      }
      const beyond = afterSpace(input, byte === EQUALS ? at + 1 : at)
      const reach = byte === EQUALS && input[at + 2] === EQUALS ? afterSpace(input, at + 3) + 2 : beyond + 1
      if (reach >= input.length && after === "more to come") break
      at = byte === EQUALS ? this.#equals(at, beyond) : this.#space(at, beyond)
    }
    this.#input = Buffer.from(input.subarray(at))
    return this.#output.subarray(0, this.#written)
  }

  /** A soft line end, an escape, or a sign nobody escaped. */
  #equals(at: number, beyond: number) {
    const input = this.#input
    if (beyond >= input.length || input[beyond] === LF) return beyond + 1
    if (input[beyond] === CR && input[beyond + 1] === LF) return beyond + 2
    const [high, low] = [hex(input[at + 1]), hex(input[at + 2])]
    if (high >= 0 && input[at + 2] === EQUALS) return this.#split(at, high)
    const isEscape = high >= 0 && low >= 0
    this.#output[this.#written++] = isEscape ? high * 16 + low : EQUALS
    return at + (isEscape ? 3 : 1)
  }

  /** `=C=` at the end of a line and `3` on the next: an escape that somebody folded in the middle. */
  #split(at: number, high: number) {
    const input = this.#input
    const end = afterSpace(input, at + 3)
    const next = input[end] === CR ? end + 2 : end + 1
    const low = input[next - 1] === LF ? hex(input[next]) : -1
    this.#output[this.#written++] = low >= 0 ? high * 16 + low : EQUALS
    return low >= 0 ? next + 1 : at + 1
  }

  /** Within a line it is kept, at the end of one it is not. */
  #space(at: number, beyond: number) {
    const next = this.#input[beyond]
    const isAtEnd = next === undefined || next === LF || next === CR
    if (!isAtEnd) this.#written += this.#input.copy(this.#output, this.#written, at, beyond)
    return beyond
  }
}

function afterSpace(input: Buffer, from: number) {
  let at = from
  while (input[at] === SPACE || input[at] === TAB) at++
  return at
}

function hex(byte = 0) {
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30
  const letter = byte | 0x20
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1
}

/**
 * The bytes of a request, or "too large" as soon as that is known: what is too much is not read to its end. A request
 * that says its length is written where it will stay, so that it is never in memory twice.
 */
export async function rawBody(request: Request, most: number): Promise<Uint8Array | "too large"> {
  const said = Number(request.headers.get("content-length") ?? 0)
  if (said > most) return "too large"
  const reader = request.body?.getReader()
  let bytes = new Uint8Array(said > 0 ? said : 64 * 1024)
  let size = 0
  for (let next = await reader?.read(); next && !next.done; next = await reader?.read()) {
    if (size + next.value.length > most) {
      await reader?.cancel()
      return "too large"
    }
    if (size + next.value.length > bytes.length) bytes = longer(bytes, size + next.value.length, most)
    bytes.set(next.value, size)
    size += next.value.length
  }
  return bytes.subarray(0, size)
}

function longer(bytes: Uint8Array<ArrayBuffer>, needed: number, most: number) {
  const more = new Uint8Array(Math.min(most, Math.max(needed, bytes.length * 2)))
  more.set(bytes)
  return more
}

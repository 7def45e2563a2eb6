/** The bytes of a request, or "too large" as soon as that is known: what is too much is not read to its end. */
export async function rawBody(request: Request, most: number): Promise<Uint8Array | "too large"> {
  if (Number(request.headers.get("content-length") ?? 0) > most) return "too large"
  const reader = request.body?.getReader()
  const chunks: Uint8Array[] = []
  let size = 0
  for (let next = await reader?.read(); next && !next.done; next = await reader?.read()) {
    size += next.value.length
    if (size > most) {
      await reader?.cancel()
      return "too large"
    }
    chunks.push(next.value)
  }
  const bytes = new Uint8Array(size)
  let at = 0
  for (const chunk of chunks) {
    bytes.set(chunk, at)
    at += chunk.length
  }
  return bytes
}

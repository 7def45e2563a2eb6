/** A mail as it came, for saving and for programs; a browser never shows it as a page of ours. */
export function rawMailAnswer(raw: Buffer, id: number) {
  return new Response(new Uint8Array(raw), {
    headers: {
      "Content-Type": "message/rfc822",
      "Content-Disposition": `attachment; filename="mail-${id}.eml"`,
      "Content-Length": String(raw.length),
      "Content-Security-Policy": "default-src 'none'; sandbox",
      "X-Content-Type-Options": "nosniff",
      "Cache-Control": "private, no-store",
    },
  })
}

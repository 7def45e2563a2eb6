/** What a library or the network threw, as far as it is known. */
type Thrown = { code?: unknown; originalCode?: unknown; cert?: { subjectaltname?: unknown } }

/**
 * Why a server's certificate is not trusted, in words that say whose turn it is; null when the failure is another one.
 * The codes are OpenSSL's, as Node gives them.
 */
export function certificateTrouble(error: unknown): string | null {
  const { code, originalCode, cert }: Thrown = Object(error)
  const name = [code, originalCode].find((one) => typeof one === "string" && Object.hasOwn(words, one))
  if (typeof name !== "string") return null
  return name === "ERR_TLS_CERT_ALTNAME_INVALID" ? anotherName(cert?.subjectaltname) : (words[name] ?? null)
}

function anotherName(names: unknown) {
  const told = typeof names === "string" ? names.replace(/\b(DNS|IP Address):/g, "").slice(0, 200) : ""
  return `The server's certificate is for another name${told ? ` (${told})` : ""}. Is the server's name written right?`
}

const selfSigned = "The server signed its certificate itself, so nobody vouches for who answers there."
const unknownSigner =
  "Who signed the server's certificate is not known here. Often the server leaves out the certificate in between."

const words: Record<string, string> = {
  CERT_HAS_EXPIRED: "The server's certificate has expired. Whoever runs the server must renew it.",
  CERT_NOT_YET_VALID: "The server's certificate is not valid yet. Is the clock of this machine right?",
  CERT_REVOKED: "The server's certificate was withdrawn. Whoever runs the server needs a new one.",
  ERR_TLS_CERT_ALTNAME_INVALID: "",
  DEPTH_ZERO_SELF_SIGNED_CERT: selfSigned,
  SELF_SIGNED_CERT_IN_CHAIN: selfSigned,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: unknownSigner,
  UNABLE_TO_GET_ISSUER_CERT: unknownSigner,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: unknownSigner,
}

import { arc, dkimVerify } from "mailauth"
import { canonicalDomain } from "#app/models/people/domain.ts"
import type { Checks } from "./authenticity.ts"
import { straighten } from "./bytes.server.ts"
import type { Resolve } from "./dns-limits.ts"
import { type SignedHead, signedHead } from "./signature-fields.ts"

/** RFC 5321 allows 1000 bytes a line; the verifier reads a line as often anew as there are 64 kB of it. */
const longestLine = 1024 * 1024
/** RFC 8301: a key below this is as good as none. */
const shortestKey = 1024

type Signed = Pick<Checks, "signedBy" | "dkim" | "arc">

/** What the signatures and seals of a mail prove, as many as are looked at. */
export async function signaturesIn(raw: Buffer, resolver: Resolve): Promise<Signed> {
  const { head, body } = straighten(raw)
  const looked = signedHead(head.toString("latin1"))
  const refused: Signed = {
    signedBy: [],
    // RFC 8601 2.7.1: signed, in a way we do not accept.
    dkim: looked.isSigned ? "policy" : null,
    arc: looked.arc === "none" ? null : { result: "fail", sealedBy: [] },
  }
  if ((looked.signatures.length === 0 && looked.arc !== "kept") || isLongLined(body)) return refused
  const mail = Buffer.concat([Buffer.from(looked.head, "latin1"), Buffer.from("\r\n"), withReturns(body)])
  const found = await dkimVerify(mail, { resolver, minBitLength: shortestKey })
  return { ...refused, ...verdict(looked, found), ...(looked.arc === "kept" ? await sealed(found, resolver) : {}) }
}

type Found = Awaited<ReturnType<typeof dkimVerify>>

function verdict({ signatures }: SignedHead, { results }: Found): Pick<Signed, "signedBy" | "dkim"> | null {
  // The seals of ARC stand among these results; they sign for nobody.
  const mine = results.filter((one) => signatures.includes(String(Object(one).signature ?? "")))
  if (mine.length === 0) return null
  const good = mine.filter(({ status }) => status.result === "pass" && !status.underSized)
  const signedBy = good.flatMap(({ signingDomain }) => canonicalDomain(signingDomain ?? "") ?? [])
  return { signedBy, dkim: (good[0] ?? mine[0])?.status.result ?? null }
}

async function sealed(found: Found, resolver: Resolve): Promise<Pick<Signed, "arc">> {
  const data = found.arc
  if (!data?.chain) return { arc: { result: "fail", sealedBy: [] } }
  const chain = await arc({ ...data, chain: data.chain }, { resolver, minBitLength: shortestKey })
  const { result } = chain.status
  return { arc: result === "none" ? null : { result, sealedBy: sealers(chain) } }
}

/**
 * The domain of the last seal, which alone covers what its server says it found; the signature below it may be of
 * somebody else, who then vouches for nothing. A server that found the sender forged vouches for nobody either.
 */
function sealers(chain: Awaited<ReturnType<typeof arc>>): string[] {
  const seal = Object(Object(chain.chain?.at(-1))["arc-seal"]).parsed
  const domain = canonicalDomain(String(Object(Object(seal).d).value ?? ""))
  const told = Object(Object(chain.authenticationResults).dmarc).result
  return domain === null || String(told).toLowerCase() === "fail" ? [] : [domain]
}

function isLongLined(body: Buffer) {
  for (let at = 0; at < body.length; ) {
    const end = body.indexOf(0x0a, at)
    if ((end < 0 ? body.length : end) - at > longestLine) return true
    if (end < 0) return false
    at = end + 1
  }
  return false
}

/** The verifier takes a bare line feed for a line end too, but each in a step of its own. */
function withReturns(body: Buffer): Buffer {
  const text = body.toString("latin1")
  return /(?<!\r)\n/.test(text) ? Buffer.from(text.replace(/\r?\n/g, "\r\n"), "latin1") : body
}

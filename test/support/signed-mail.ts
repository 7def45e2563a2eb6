import { generateKeyPairSync, type KeyObject } from "node:crypto"
import { authenticate, dkimSign, sealMessage } from "mailauth"
import type { Resolve } from "#emails/incoming/dns-limits.ts"

type Pair = { privateKey: KeyObject; publicKey: KeyObject }

/** The TXT record that publishes a key. */
export const keyRecord = ({ publicKey }: Pair) =>
  `v=DKIM1; k=rsa; p=${publicKey.export({ type: "spki", format: "der" }).toString("base64")}`

export const rsa = (bits = 2048) => generateKeyPairSync("rsa", { modulusLength: bits })

const pem = ({ privateKey }: Pair) => privateKey.export({ type: "pkcs8", format: "pem" }).toString()

type How = { domain: string; pair: Pair; selector?: string; algorithm?: string; maxBodyLength?: number }

/** The mail with one signature more on top. */
export async function sign(mail: string, { domain, pair, selector, algorithm, maxBodyLength }: How) {
  // Its types know one signature only, its code a list of them.
  const { signatures } = await dkimSign(mail, {
    canonicalization: "relaxed/relaxed",
    signatureData: [
      {
        ...{ signingDomain: domain, selector: selector ?? "s", privateKey: pem(pair), maxBodyLength },
        algorithm: algorithm ?? "rsa-sha256",
      },
    ],
  } as never)
  return signatures + mail
}

/** The mail with one ARC set more on top, as the forwarder's server writes it. */
export async function seal(mail: string, { domain, pair, selector }: How, resolver: Resolve, dmarc = "pass") {
  const seal = { signingDomain: domain, selector: selector ?? "s", privateKey: pem(pair) }
  const { arc } = await authenticate(mail, { resolver, disableBimi: true, mta: domain })
  const i = Number(Object(arc).i || 0) + 1
  const data = {
    ...seal,
    i,
    cv: i === 1 ? "none" : "pass",
    authResults: `${domain}; dmarc=${dmarc} header.from=x.example`,
  }
  return `${await sealMessage(mail, data as never)}${mail}`
}

/** Name servers that know these TXT records and nothing else. */
export function zoneOf(records: Record<string, string>, asked: string[] = []): Resolve {
  return async (name, type) => {
    asked.push(`${type} ${name}`)
    const found = type === "TXT" ? records[name] : undefined
    if (!found) throw Object.assign(new Error("none"), { code: "ENOTFOUND" })
    return [[found]]
  }
}

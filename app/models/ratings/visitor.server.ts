import { createHmac, randomBytes } from "node:crypto"
import { secretKey } from "#app/models/people/secret.server.ts"
import { networkOf } from "./client.ts"

/** Who opens or presses, as far as a request tells. */
export type Visitor = { remote: string; userAgent: string }

/** One browser in one network on one day; the key changes daily, so that nobody can be followed. */
export function clientKeyOf({ remote, userAgent }: Visitor, now: Date) {
  const day = now.toISOString().slice(0, 10)
  return keyed("client key", `${day}\n${networkOf(remote)}\n${userAgent}`)
}

/** The value of the lineage cookie: set when somebody presses, to know them again when they change their mind. */
export const newLineage = () => randomBytes(16).toString("hex")

/** Different for every request, so that what is stored cannot tell that two ratings came from one browser. */
export const lineageHashOf = (lineage: string, requestId: number) =>
  keyed("client key", `lineage ${requestId} ${lineage}`)

function keyed(purpose: string, text: string) {
  return createHmac("sha256", secretKey(purpose)).update(text).digest("hex").slice(0, 32)
}

import { causeOf } from "./bounce-words.ts"
import type { BouncedRecipient } from "./email.ts"

/** The notices Amazon SES sends by way of SNS: JSON in the text, sometimes as a string within other JSON. */
export function notifiedBySes(text: string): { kind: "bounce" | "complaint"; recipients: BouncedRecipient[] } | null {
  const start = text.slice(0, 100_000).trimStart()
  if (!start.startsWith("{")) return null
  const json = start.replaceAll('\\"', '"')
  const [, kind = ""] = /"(?:notification|event)Type"\s{0,9}:\s{0,9}"(Bounce|Complaint)"/.exec(json) ?? []
  if (kind === "Complaint") return { kind: "complaint", recipients: [] }
  if (kind !== "Bounce") return null
  const objects = json.match(/\{[^{}]{0,4000}"emailAddress"[^{}]{0,4000}\}/g) ?? []
  return { kind: "bounce", recipients: objects.slice(0, 100).map(recipientOf) }
}

function recipientOf(object: string): BouncedRecipient {
  const field = (name: string) => new RegExp(`"${name}"\\s{0,9}:\\s{0,9}"([^"]{0,2000})"`).exec(object)?.[1] ?? ""
  const { reason, status, hard } = causeOf(field("status"), field("diagnosticCode"))
  return { address: field("emailAddress"), status, hard, reason, delayed: false }
}

import type { Authenticity } from "#db/tables/mail.ts"
import type { Voice } from "./place.ts"

/** Nothing spoke for the sender and nothing against it. */
export const unproven: Authenticity = {
  level: "none",
  because: "Nothing proves who sent it.",
  domain: "",
  policy: null,
  spf: null,
  dkim: null,
  dmarc: null,
  arc: null,
}

/** What that says of the sender: refuted only where the domain itself asks that such mail be not believed. */
export function voiceOf({ level, policy }: Pick<Authenticity, "level" | "policy">): Voice {
  if (level === "pass") return "proven"
  return level === "fail" && (policy === "quarantine" || policy === "reject") ? "refuted" : "unproven"
}

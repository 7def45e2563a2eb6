import type { Authenticity } from "#db/tables/mail.ts"

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

import fc from "fast-check"
import { expect, test } from "vitest"
import { canonicalAddress, domainOf } from "#app/models/people/address.ts"
import { canonicalDomain, readableDomain } from "#app/models/people/domain.ts"

test.each([
  ["EXAMPLE.com", "example.com"],
  ["ｅxample.com", "example.com"],
  ["ⓔxample.com", "example.com"],
  ["𝐞xample.com", "example.com"],
  ["exa\u00admple.com", "example.com"],
  ["exa\u200bmple.com", "example.com"],
  ["example。com", "example.com"],
  ["example．com", "example.com"],
  ["example｡com", "example.com"],
  ["example.com.", "example.com"],
  ["example.com。", "example.com"],
  ["ﬁnance.com", "finance.com"],
  ["K.com", "k.com"],
  ["MÜNCHEN.example", "xn--mnchen-3ya.example"],
  ["mu\u0308nchen.example", "xn--mnchen-3ya.example"],
  ["XN--MNCHEN-3YA.Example", "xn--mnchen-3ya.example"],
  ["straße.example", "xn--strae-oqa.example"],
  ["strasse.example", "strasse.example"],
  ["ΣΑΣ.example", "xn--mxa9ab.example"],
  ["σας.example", "xn--mxa8ab.example"],
  ["аpple.com", "xn--pple-43d.com"],
  ["نامه\u200cای.com", "xn--mgba3gch31f060k.com"],
  ["_dmarc.example.com", "_dmarc.example.com"],
  ["localhost", "localhost"],
])("%s is %s", (text, domain) => {
  expect(canonicalDomain(text)).toBe(domain)
})

test.each([
  "",
  ".",
  "example..com",
  ".example.com",
  "example.com..",
  "-example.com",
  "example-.com",
  "exa\u200dmple.com",
  "exa\u200cmple.com",
  "xn--.com",
  "xn--a.com",
  "xn--example-.com",
  "xn--mnchen-3yb\u00e9.example",
  "\u0300a.com",
  "1\u05d0.com",
  "exa mple.com",
  "exam\tple.com",
  "example.com\u0000",
  "a%2eb.com",
  "example.com:25",
  "example.com/x",
  "user@example.com",
  "[192.0.2.1]",
  "192.0.2.1",
  "１９２.0.2.1",
  "0x7f.1",
  "a.0x1f",
  `${"a".repeat(64)}.com`,
  `${"ü".repeat(60)}.com`,
  `${"a.".repeat(130)}com`,
  "a".repeat(1001),
])("%j is no domain", (text) => {
  expect(canonicalDomain(text)).toBeNull()
})

test("a domain's one form is its own, and is what people read spells", { timeout: 30_000 }, () => {
  fc.assert(
    fc.property(fc.oneof(fc.domain(), fc.string({ unit: "grapheme" }), fc.string({ unit: "binary" })), (text) => {
      const domain = canonicalDomain(text)
      if (domain === null) return
      expect(domain).toMatch(/^[a-z0-9_-]+(\.[a-z0-9_-]+)*$/)
      expect(canonicalDomain(domain)).toBe(domain)
      expect(canonicalDomain(readableDomain(domain))).toBe(domain)
      expect(canonicalDomain(`${domain}.`)).toBe(domain)
    }),
    { numRuns: 300 },
  )
})

test("letters of a local part that look alike stay apart, and a domain in unusual ones does not", () => {
  expect(canonicalAddress("billing@ｅxample.com")).toBe("billing@example.com")
  expect(canonicalAddress("ｂilling@example.com")).toBe("ｂilling@example.com")
  expect(canonicalAddress("bіlling@example.com")).not.toBe("billing@example.com")
})

test("an address with what cannot be seen in its domain is none, though the domain it imitates is known", () => {
  for (const written of ["exa\u00admple.com", "example.com.", "exam\u200bple.com"]) {
    expect(canonicalAddress(`billing@${written}`)).toBeNull()
    expect(domainOf(`billing@${written}`)).toBe("example.com")
  }
})

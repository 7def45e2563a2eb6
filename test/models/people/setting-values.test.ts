import fc from "fast-check"
import { expect, test } from "vitest"
import { settingFrom, settingKeys, settingRead, settingText } from "#app/models/people/settings.ts"
import { isStranger } from "#emails/incoming/authenticity.server.ts"
import { openResolver } from "#emails/incoming/resolver.server.ts"

test.each([
  ["mail.trustedRelays", "192.0.2.1, 192.0.2.0/24 2001:DB8::/32", "192.0.2.1, 192.0.2.0/24, 2001:db8::/32"],
  ["mail.trustedRelays", "::ffff:192.0.2.1", "192.0.2.1"],
  ["mail.trustedRelays", "", ""],
  [
    "mail.dnsServers",
    "1.1.1.1, 127.0.0.1:5353 [::1]:53 2606:4700::1111",
    "1.1.1.1, 127.0.0.1:5353, [::1]:53, 2606:4700::1111",
  ],
  ["mail.trustedHops", "MX.Desk.example mx2.desk.example.", "mx.desk.example, mx2.desk.example"],
  ["mail.trustedForwarders", "München.example, @ｌist.example", "xn--mnchen-3ya.example, list.example"],
  ["web.baseUrl", " HTTPS://Desk.example/ ", "https://desk.example"],
  ["web.baseUrl", "http://desk.example:80", "http://desk.example"],
  ["web.baseUrl", " ", ""],
] as const)("%s typed as %j is kept as %j", (key, typed, kept) => {
  expect(settingFrom(key, typed)).toEqual({ value: kept })
})

test.each([
  ["mail.trustedRelays", "192.0.2.0/33", /^must be addresses or ranges .*"192\.0\.2\.0\/33" is none$/],
  ["mail.trustedRelays", "192.0.2.256", /is none$/],
  ["mail.trustedRelays", "192.0.2", /is none$/],
  ["mail.trustedRelays", "0.0.0.0/0", /is none$/],
  ["mail.trustedRelays", "192.0.2.0/24/8", /is none$/],
  ["mail.trustedRelays", "2001:db8::/129", /is none$/],
  ["mail.trustedRelays", "fe80::1%eth0", /is none$/],
  ["mail.trustedRelays", "relay.example.com", /is none$/],
  ["mail.trustedRelays", "192.0.2.0/", /is none$/],
  ["mail.dnsServers", "1.1.1.1:99999", /is none$/],
  ["mail.dnsServers", "1.1.1.1:0", /is none$/],
  ["mail.dnsServers", "1.1.1", /is none$/],
  ["mail.dnsServers", ":::", /is none$/],
  ["mail.dnsServers", "dns.example.com", /is none$/],
  ["mail.dnsServers", "0.0.0.0", /is none$/],
  ["mail.dnsServers", "[::]:53", /is none$/],
  ["mail.dnsServers", "255.255.255.255", /is none$/],
  ["mail.trustedHops", "mx..example.com", /is none$/],
  ["mail.trustedHops", "https://mx.example.com", /is none$/],
  ["mail.trustedForwarders", "list@example.com", /is none$/],
  ["mail.trustedForwarders", "exa\u200dmple.com", /is none$/],
  ["mail.trustedForwarders", "com", /is none$/],
  ["mail.trustedForwarders", "co.uk", /is none$/],
  ["mail.acknowledgeText", "Your number is {nummer}.", /^must have no braces but those of \{number\}$/],
  ["mail.acknowledgeText", "Your number is {number", /no braces/],
  ["mail.acknowledgeText", "Your number is { number }", /no braces/],
  ["web.baseUrl", "https://desk.example/desk", /without a path/],
  ["web.baseUrl", "https://me:secret@desk.example", /without a path/],
  ["web.baseUrl", "https://desk.example?x", /without a path/],
  ["web.baseUrl", "desk.example", /^must be an http or https address$/],
  ["desk.timeZone", "+02:00", /^must be a time zone/],
  ["desk.timeZone", "", /^must be a time zone/],
  ["desk.businessWeek", "mon 9-17, mon 16-18", /^must be hours/],
  ["desk.businessWeek", "mon 25-26", /^must be hours/],
  ["desk.name", "Support\nDesk", /^must be one line of text$/],
  ["desk.name", "Support\u0000", /^must be one line of text$/],
  ["desk.name", "Support \u202Eksed", /^must be one line of text$/],
  ["mail.holdAfter", "0x10", /^must be a number/],
  ["mail.holdAfter", "1e2", /^must be a number/],
  ["mail.holdAfter", "Infinity", /^must be a number/],
] as const)("%s is refused as %j", (key, typed, words) => {
  const read = settingFrom(key, typed)
  expect("refused" in read ? read.refused : "taken").toMatch(words)
})

test.each([
  ["desk.businessWeek", []],
  ["desk.businessWeek", [{ weekday: 1, startsAt: 600, endsAt: 500 }]],
  [
    "desk.businessWeek",
    [
      { weekday: 1, startsAt: 0, endsAt: 600 },
      { weekday: 1, startsAt: 500, endsAt: 700 },
    ],
  ],
  ["mail.trustedRelays", "192.0.2.0/99"],
  ["mail.dnsServers", "nonsense"],
  ["mail.acknowledge", "yes"],
  ["mail.reopenDays", "90"],
  ["web.baseUrl", { href: "https://desk.example" }],
  ["desk.timeZone", null],
] as const)("a row %s = %j means nothing", (key, value) => {
  expect(settingRead(key, value)).toBeNull()
})

const typed = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.string({ unit: "grapheme-ascii" }),
  fc.ipV4(),
  fc.ipV6(),
  fc.ipV4().map((address) => `${address}/24`),
  fc.domain(),
  fc.webUrl(),
  fc.integer().map(String),
  fc.constantFrom(
    "on",
    "off",
    "UTC",
    "Europe/Berlin",
    "mon-fri 9:00-17:00",
    "sun 22-6, mon 5-7",
    "{number}",
    "::",
    "[::1]:53",
  ),
)

test("whatever is typed is refused in words, or reads back as the same and stops no mail", () => {
  fc.assert(
    fc.property(fc.constantFrom(...settingKeys), typed, (key, text) => {
      const read = settingFrom(key, text)
      if ("refused" in read) {
        expect(read.refused).toMatch(/^(must|cannot) /)
        return
      }
      expect(settingFrom(key, settingText(read.value))).toEqual(read)
      expect(settingRead(key, JSON.parse(JSON.stringify(read.value)))).toEqual(read)
      const words = String(read.value).split(/[,\s]+/)
      expect(() => [isStranger("203.0.113.7", words), openResolver(words)]).not.toThrow()
    }),
    { numRuns: 1000 },
  )
})

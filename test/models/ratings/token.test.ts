import fc from "fast-check"
import { expect, test } from "vitest"
import { faces } from "#app/models/ratings/face.ts"
import { redactRatingLinks } from "#app/models/ratings/link-redaction.ts"
import { hashToken, makeToken } from "#app/models/ratings/token.server.ts"
import { faceFrom, ratingUrl, tokenFrom } from "#app/models/ratings/token.ts"

const token = "abcdefghijklmnopqrstuv2345"
const url = ratingUrl("https://desk.example", token, "happy")
const gone = (text: string) =>
  !redactRatingLinks(text)
    .replace(/[^a-z0-9]/gi, "")
    .toLowerCase()
    .includes(token)

test("a token is 26 lower-case letters and digits, never the same twice", () => {
  const tokens = Array.from({ length: 200 }, makeToken)
  expect(new Set(tokens).size).toBe(200)
  for (const made of tokens) expect(tokenFrom(made)).toBe(made)
})

test("a token is known by one hash, whatever case it arrives in", () => {
  expect(hashToken(token.toUpperCase())).toBe(hashToken(token))
  expect(hashToken(token)).not.toContain(token)
})

test("a link stays short enough to be quoted without breaking", () => {
  expect(ratingUrl("https://support.example.com", makeToken(), "frown").length).toBeLessThan(74)
})

test("S31: HAPPY, happy. happy) happy%3E and happy> all mean happy", () => {
  for (const text of ["HAPPY", "happy.", "happy)", "happy%3E", "happy>", "Happy.),", `happy"`]) {
    expect(faceFrom(text)).toBe("happy")
  }
})

test("a face that does not exist is no face", () => {
  for (const text of ["", undefined, "happyy", "sad", "happy/ok", "constructor"]) expect(faceFrom(text)).toBeNull()
})

test("a token that was shortened, lengthened or made up is no token", () => {
  for (const text of ["", undefined, token.slice(1), `${token}a`, token.replace("a", "1")]) {
    expect(tokenFrom(text)).toBeNull()
  }
  expect(tokenFrom(`${token.toUpperCase()}.`)).toBe(token)
})

test("a rating link loses its token and keeps its place", () => {
  expect(redactRatingLinks(`Happy: ${url}\nBye`)).toBe("Happy: https://desk.example/r/redacted/happy\nBye")
  expect(redactRatingLinks(`<a href="${url}">Happy</a>`)).toBe(
    `<a href="https://desk.example/r/redacted/happy">Happy</a>`,
  )
})

test("S30: no shape in which a quote can carry a link keeps its token", () => {
  const encoded = encodeURIComponent(url)
  const shapes = [
    url.toUpperCase(),
    `https://desk.example/r/${token}`,
    `> > ${url}`,
    `https://eur01.safelinks.protection.outlook.com/?url=${encoded}&data=05%7C01`,
    `https://scan.example/?u=${encodeURIComponent(encoded)}`,
    `https://linkprotect.cudasvc.com/url?a=${encoded.toLowerCase()}&c=E`,
    `https://urldefense.com/v3/__${url}__;!!abc$`,
    `https://urldefense.proofpoint.com/v2/url?u=https-3A__desk.example_r_${token}_happy&d=DwMFaQ`,
    url.replaceAll("/", "&#47;"),
    url.replaceAll("/", "&#x2F;"),
    url.replaceAll("/", "=2F"),
    `${url.slice(0, 30)}=\r\n${url.slice(30)}`,
    `https://desk.example/r=\n/${token.slice(0, 3)}=\n${token.slice(3)}/happy`,
    `> ${url.slice(0, 40)}\n> ${url.slice(40)}`,
    `>> ${url.slice(0, 26)}\r\n>> ${url.slice(26)}`,
    `> ${url.slice(0, 45)}=\r\n> ${url.slice(45)}`,
    `${url.slice(0, 40)}<wbr>${url.slice(40)}`,
    `${url.slice(0, 40)}\u200b${url.slice(40)}`,
  ]
  for (const shape of shapes) expect([shape, gone(shape)]).toEqual([shape, true])
})

test("a link broken at any one place, in any of the ways mail breaks lines, keeps no token", () => {
  const breaks = fc.constantFrom("=\r\n", "=\n", "\r\n> ", "\n>> ", "\n", "<wbr>", "\u00ad")
  const start = url.indexOf("/r/")
  fc.assert(
    fc.property(fc.integer({ min: start, max: url.length - 1 }), breaks, fc.constantFrom(...faces), (at, gap, face) => {
      const link = ratingUrl("https://desk.example", token, face)
      return gone(link.slice(0, at) + gap + link.slice(at))
    }),
    { numRuns: 2000 },
  )
})

test("text that only looks a little like a link is left alone", () => {
  const texts = [
    "and/or and/r/b tests",
    "https://www.reddit.example/r/explainlikeimfive/comments/1abc",
    "see reddit.example/r/programminglanguages\nand then some",
    "https://other.example/r/abcdefghijklmnopqrstuvwxyzabcdefghij/x",
    "C:/r/Documents and Settings",
  ]
  for (const text of texts) expect(redactRatingLinks(text)).toBe(text)
})

test("a megabyte made to be slow to search takes under two seconds", { timeout: 60_000 }, () => {
  const link = `/r/${token}`
  const texts = [
    ...[
      "/r/",
      "_r_",
      "/r/a=\r\n",
      "/r\n",
      "/\n",
      "/= ",
      "=2f=\n",
      "<wbr ",
      "%25",
      "&#0",
      "= ",
      `${link}\n`,
      `${link}/\n`,
    ],
    ...[" \n \n", "> \n", "\n>\t| ", "=\n", "a\n", " "].map((piece) => `/r/${piece.repeat(200_000)}x`),
    ...[" \n", "\n> "].map((piece) => `${link}${piece.repeat(300_000)}/happy`),
  ].map((piece) => piece.repeat(Math.ceil(1_000_000 / piece.length)))
  for (const text of texts) {
    // Time of the processor: the clock on the wall also counts whoever else is at work.
    const before = process.cpuUsage()
    redactRatingLinks(text)
    const { user, system } = process.cpuUsage(before)
    expect((user + system) / 1000, JSON.stringify(text.slice(0, 20))).toBeLessThan(2000)
  }
})

test("a link broken over any number of empty quoted lines keeps no token", () => {
  const gap = `${" \n> ".repeat(1000)}`
  expect(gone(`${url.slice(0, 40)}${gap}${url.slice(40)}`)).toBe(true)
})

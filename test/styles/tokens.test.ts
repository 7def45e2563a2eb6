import { readFileSync } from "node:fs"
import { join } from "node:path"
import { expect, test } from "vitest"
import { projectRoot } from "#db/place.server.ts"

type Rgb = [number, number, number]
const css = readFileSync(join(projectRoot, "app/styles/tokens.css"), "utf8")
const schemes = ["light", "dark"] as const
type Scheme = (typeof schemes)[number]

function colour(name: string, scheme: Scheme): Rgb {
  const [, light = "", dark = ""] = new RegExp(`--${name}: light-dark\\((#\\w{6}), (#\\w{6})\\)`).exec(css) ?? []
  const hex = scheme === "light" ? light : dark
  expect(hex, name).toMatch(/^#/)
  return [1, 3, 5].map((from) => linear(Number.parseInt(hex.slice(from, from + 2), 16) / 255)) as Rgb
}

const linear = (part: number) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
const luminance = ([red, green, blue]: Rgb) => 0.2126 * red + 0.7152 * green + 0.0722 * blue

/** WCAG 2.2, 1.4.3. */
function contrast(a: Rgb, b: Rgb) {
  const [high = 0, low = 0] = [luminance(a), luminance(b)].toSorted((x, y) => y - x)
  return (high + 0.05) / (low + 0.05)
}

/** Machado, Oliveira and Fernandes 2009, severity 1, on linear colours. */
const eyes: Record<string, [Rgb, Rgb, Rgb]> = {
  most: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protan: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deutan: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritan: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
}
const seen = (rgb: Rgb, eye: [Rgb, Rgb, Rgb]) =>
  eye.map((row) =>
    Math.max(
      0,
      row.reduce((sum, part, place) => sum + part * (rgb[place] ?? 0), 0),
    ),
  ) as Rgb

/** Distance in OKLab times a hundred; two is what people just notice. */
function apart(a: Rgb, b: Rgb) {
  const [x, y] = [oklab(a), oklab(b)]
  return 100 * Math.hypot(...x.map((part, place) => part - (y[place] ?? 0)))
}

function oklab([r, g, b]: Rgb): Rgb {
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b)
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b)
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b)
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ]
}

const papers = ["paper", "paper-2"]
const texts = ["ink", "ink-quiet", "accent", "happy-text", "ok-text", "frown-text", "wait-2", "wait-3", "wait-4"]

test.each(schemes)("every text colour reaches 4.5 to 1 on both papers, %s", (scheme) => {
  for (const paper of papers)
    for (const text of texts)
      expect([text, paper, contrast(colour(text, scheme), colour(paper, scheme)) >= 4.5]).toEqual([text, paper, true])
  expect(contrast(colour("accent-ink", scheme), colour("accent", scheme))).toBeGreaterThan(4.5)
  expect(contrast(colour("ink", scheme), colour("note", scheme))).toBeGreaterThan(4.5)
})

test.each(schemes)("every drawn colour and edge reaches 3 to 1 on both papers, %s", (scheme) => {
  for (const paper of papers)
    for (const drawn of ["happy", "ok", "frown", "line-strong", "accent"])
      expect([drawn, paper, contrast(colour(drawn, scheme), colour(paper, scheme)) >= 3]).toEqual([drawn, paper, true])
})

test.each(schemes.flatMap((scheme) => Object.keys(eyes).map((eye) => [scheme, eye] as const)))(
  "the three faces are told apart in %s by %s eyes",
  (scheme, eye) => {
    const [happy, ok, frown] = (["happy", "ok", "frown"] as const).map((face) => seen(colour(face, scheme), eyes[eye]!))
    for (const [a, b] of [
      [happy!, ok!],
      [happy!, frown!],
      [ok!, frown!],
    ] as const)
      expect(apart(a, b)).toBeGreaterThan(12)
  },
)

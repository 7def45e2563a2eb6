import fc from "fast-check"
import { expect, test } from "vitest"
import { QuotedPrintable } from "#emails/incoming/quoted-printable.server.ts"

async function decoded(...pieces: string[]) {
  const decoder = new QuotedPrintable()
  for (const piece of pieces) decoder.write(Buffer.from(piece, "latin1"))
  decoder.end()
  return Buffer.concat(await decoder.toArray()).toString("latin1")
}

test("escapes are bytes, in either case; soft line ends are nothing", async () => {
  expect(await decoded("a=3Db=c3=A9=\r\nc=\nd=")).toBe("a=b\u00c3\u00a9cd")
})

test("space at the end of a line was never written, within one it was", async () => {
  expect(await decoded("a \t\r\nb  c \n d \r e= \t\r\nf  ")).toBe("a\r\nb  c\n d\r ef")
})

test("an escape that was folded in the middle is whole again", async () => {
  expect(await decoded("Fr=C=\r\n3=B6sche =e=  \n2=82=AC")).toBe("Fr\u00c3\u00b6sche \u00e2\u0082\u00ac")
  expect(await decoded("=C= 3, =C=G, =C=")).toBe("=C= 3, =C=G, =C")
})

test("an equals sign nobody escaped stays, and so does what is no escape", async () => {
  expect(await decoded("1=2, 3 = 4, =G1 =\rx")).toBe("1=2, 3 = 4, =G1 =\rx")
})

test("it does not matter where the pieces are cut", async () => {
  const sign = fc.constantFrom("=", "\r", "\n", " ", "\t", "3", "D", "d", "x", "\u00e9", "=3D", "=\r\n")
  await fc.assert(
    fc.asyncProperty(fc.array(fc.string({ unit: sign, maxLength: 12 }), { maxLength: 6 }), async (pieces) => {
      expect(await decoded(...pieces)).toBe(await decoded(pieces.join("")))
    }),
  )
})

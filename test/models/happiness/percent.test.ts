import { expect, test } from "vitest"
import { percentWords, wholePercents } from "#app/models/happiness/percent.ts"

const faces = (text: string) => {
  const [happy, ok, frown] = text.split("/").map(Number)
  return { happy: happy!, ok: ok!, frown: frown! }
}
const printed = (text: string) => Object.values(percentWords(faces(text))).join("/")

test.each([
  ["840/90/70", "84/9/7"],
  ["167/17/16", "83/9/8"],
  ["1/1/1", "33/33/34"],
  ["2/2/3", "28/29/43"],
  ["199/1/0", "99/1/0"],
  ["996/0/4", ">99/0/<1"],
  ["41/34/35", "37/31/32"],
  ["1800/140/60", "90/7/3"],
  ["5/0/0", "100/0/0"],
])("%s is printed as %s", (counts, shown) => expect(printed(counts)).toBe(shown))

test("whatever the counts, the shares add to 100", () => {
  for (let happy = 0; happy < 20; happy += 1)
    for (let ok = 0; ok < 20; ok += 1)
      for (let frown = 1; frown < 20; frown += 1) {
        const shares = wholePercents({ happy, ok, frown })
        expect(shares.happy + shares.ok + shares.frown).toBe(100)
      }
})

test("without ratings every share is zero", () => expect(wholePercents(faces("0/0/0"))).toEqual(faces("0/0/0")))

test("counts of many millions stay exact", () =>
  expect(wholePercents(faces("840000000/90000000/70000000"))).toEqual(faces("84/9/7")))

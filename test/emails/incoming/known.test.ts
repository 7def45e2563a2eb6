import { expect, test } from "vitest"
import { newTextBeside } from "#emails/incoming/known.ts"

const ours = `Hello Dana,

we are sorry that the lid broke on its way. A new one leaves our
house tomorrow and should be with you on Friday.

Ada, Help desk`
const quoted = ours.replace(/^/gm, "> ")

test("what we sent is folded under an introduction no table knows", () => {
  const mail = `Ngiyabonga!\n\nNgoLwesibili Help ubhalile:\n\n${ours}`
  expect(newTextBeside(mail, [ours])).toBe("Ngiyabonga!")
})

test("it is known by its words, however it is wrapped and marked", () => {
  const wrapped = `| ${ours.replace(/\s+/g, " ").replace(/(.{30}\S*) /g, "$1\n| ")}`
  expect(newTextBeside(`Thanks!\n\n${wrapped}`, [ours])).toBe("Thanks!")
  expect(newTextBeside(`Thanks!\n\nKutoka: Help\nKwa: Dana\nMada: Lid\n\n${ours}\n\nold talk`, [ours])).toBe("Thanks!")
})

test("a quote that leaves the greeting out is known too", () => {
  expect(newTextBeside(`Thanks!\n\n${ours.replace("Hello Dana,\n\n", "")}`, [ours])).toBe("Thanks!")
})

test("an answer below what we sent stands alone", () => {
  expect(newTextBeside(`Help ubhalile:\n${quoted}\n\nFriday is fine.`, [ours])).toBe("Friday is fine.")
})

test("answers between our lines keep them", () => {
  const mail = `${quoted.slice(0, 60)}\n\nReally?\n\n${quoted.slice(60)}`
  expect(newTextBeside(mail, [ours])).toBe(mail)
})

test("a sentence of ours that the customer takes up is the customer's", () => {
  const mail = "You say:\na new one leaves our house tomorrow and should be with you on Friday.\nIt did not come."
  expect(newTextBeside(mail, [ours])).toBe(mail)
})

test("a mail that only repeats what was said is kept whole", () => {
  expect(newTextBeside(ours, [ours])).toBe(ours)
  expect(newTextBeside("ok", [ours, ""])).toBe("ok")
})

test("words in the middle of a line are no quote", () => {
  const mail = `As you wrote, ${ours.replace(/\s+/g, " ")} - is that so?`
  expect(newTextBeside(mail, [ours])).toBe(mail)
})

test("a megabyte of the same word beside five messages of it is kept whole", () => {
  const long = "a ".repeat(500_000)
  expect(newTextBeside(long, [long, long, `${long}b`, ours, ours])).toBe(long)
  const lines = "a\n".repeat(500_000)
  expect(newTextBeside(lines, [long, long, long])).toBe(lines)
})

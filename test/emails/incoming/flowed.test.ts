import { expect, test } from "vitest"
import { unflow } from "#emails/incoming/flowed.ts"
import { readEmail } from "#emails/incoming/parse.server.ts"

test("lines that end in a space go on in the next of the same depth", () => {
  expect(unflow("It came \nbroken.\n> Dear \n> Dana,\n>> deeper \n> less\nBye", "keep space")).toBe(
    "It came broken.\n> Dear Dana,\n>> deeper \n> less\nBye",
  )
})

test("with DelSp the space was only a sign", () => {
  expect(unflow("注文が \n届きません", "delete space")).toBe("注文が届きません")
})

test("the mark of a signature is no line that goes on, and stuffed space goes", () => {
  expect(unflow("Bye \n-- \nDana \nReyes", "keep space")).toBe("Bye \n-- \nDana Reyes")
  expect(unflow(" >no quote\n From here\n  two", "keep space")).toBe(">no quote\nFrom here\n two")
})

test("only a plain text that says so is flowed", async () => {
  const read = async (type: string) => (await readEmail(Buffer.from(`Content-Type: ${type}\n\na \nb`))).text
  expect(await read("text/plain; format=flowed")).toBe("a b")
  expect(await read("text/plain; format=Flowed; delsp=yes")).toBe("ab")
  expect(await read("text/plain")).toBe("a \nb")
  expect(await read("text/x-other; format=flowed")).toBe("a \nb")
})

import type { CommandDef } from "citty"
import { expect, test } from "vitest"
import { unknownIn } from "#app/desk/unknown.ts"

const create: CommandDef = {
  args: {
    name: { type: "string" },
    json: { type: "boolean" },
    key: { type: "positional" },
    value: { type: "positional" },
  },
}
const none: CommandDef = { args: { json: { type: "boolean" } } }

test.each([
  [["--name", "Warehouse", "--json"]],
  [["--name=--odd", "desk.name", "Acme"]],
  [["--name", "--odd"]],
  [["clock.offsetSeconds", "-3600"]],
  [["clock.offsetSeconds", "--", "--660"]],
  [[]],
])("%j is understood", (typed) => expect(unknownIn(create, typed)).toBeNull())

test.each([
  [["--mailboxes", "help"], "There is no option --mailboxes. There are: --name --json"],
  [["--jsn"], "There is no option --jsn. There are: --name --json"],
  [["--name", "a", "--expire=1d"], "There is no option --expire. There are: --name --json"],
  [["a", "b", "c"], "That is more than the command takes. It takes 2: --name --json"],
])("%j is refused, with what there is", (typed, words) => expect(unknownIn(create, typed)).toBe(words))

test("a word for a command that takes none is refused", () => {
  expect(unknownIn(none, ["nonsense"])).toBe("That is more than the command takes. It takes options only: --json")
})

test("a command with others below it says which there are", () => {
  const token: CommandDef = { subCommands: { create, list: none } }
  expect(unknownIn(token, [])).toBe("Say which: create, list")
  expect(unknownIn(token, ["creat"])).toBe("There is no creat here. There are: create, list")
})

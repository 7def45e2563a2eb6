import { defineCommand } from "citty"
import { deskNow } from "../clock.server.ts"
import { settings as allSettings, changeSetting } from "../models/people/settings.server.ts"
import { catalogue, isSettingKey, settingKeys, settingText } from "../models/people/settings.ts"
import { asJson, tell } from "./flags.ts"
import { Refused } from "./refused.ts"

const get = defineCommand({
  meta: { name: "desk settings get", description: "Show one setting, or all" },
  args: { key: { type: "positional", required: false, description: "Such as desk.name" }, ...asJson },
  async run({ args }) {
    const all = await allSettings()
    const { key } = args
    if (key !== undefined && !isSettingKey(key)) throw new Refused(`There is no setting ${key}`)
    if (key !== undefined) return tell(args, { [key]: all[key] }, settingText(all[key]))
    const lines = settingKeys.map((one) => `${one} = ${settingText(all[one])}\n    ${catalogue[one].meaning}`)
    tell(args, all, lines.join("\n"))
  },
})

const set = defineCommand({
  meta: { name: "desk settings set", description: "Change one setting" },
  args: {
    key: { type: "positional", required: true, description: "Such as desk.name" },
    value: { type: "positional", required: false, description: "What it is from now on" },
    ...asJson,
  },
  async run({ args, rawArgs }) {
    // Read from what was typed: a value such as -3600 would be taken for a flag.
    const [key = "", value] = rawArgs.filter((arg) => arg !== "--json" && arg !== "--")
    if (value === undefined) throw new Refused(`What should ${key} be? desk settings set ${key} <value>`)
    const done = await changeSetting(key, value, deskNow())
    if (done !== "changed") throw new Refused(done.refused)
    tell(args, { [key]: value }, `${key} = ${value}`)
  },
})

export const settings = defineCommand({
  meta: { name: "desk settings", description: "What the desk has been told about itself" },
  subCommands: { get, set },
})

import { stripVTControlCharacters } from "node:util"
import { type CommandDef, defineCommand, runCommand, showUsage } from "citty"
import { Refused } from "./desk/refused.ts"
import { unknownIn } from "./desk/unknown.ts"
import { readEnv } from "./env.server.ts"
import { standOn, standUnchecked } from "./ground.server.ts"
import { log } from "./log.server.ts"
import { problemWords } from "./start-problem.ts"

/** Each is loaded when it is asked for: the demo alone carries a year of sentences. */
const commands = {
  setup: () => import("./desk/setup.ts").then(({ setup }) => asCommand(setup)),
  agent: () => import("./desk/agent.ts").then(({ agent }) => asCommand(agent)),
  token: () => import("./desk/token.ts").then(({ token }) => asCommand(token)),
  mail: () => import("./desk/mail.ts").then(({ mail }) => asCommand(mail)),
  settings: () => import("./desk/settings.ts").then(({ settings }) => asCommand(settings)),
  demo: () => import("./desk/demo.ts").then(({ demo }) => asCommand(demo)),
  rebuild: () => import("./desk/rebuild.ts").then(({ rebuild }) => asCommand(rebuild)),
  accept: () => import("./desk/accept.ts").then(({ accept }) => asCommand(accept)),
  doctor: () => import("./desk/doctor.ts").then(({ doctor }) => asCommand(doctor)),
}

const desk = defineCommand({ meta: { name: "desk", description: "The command line of Upturn" }, subCommands: commands })

/** These look at, or need, no database of their own accord. */
const standAlone = [["doctor"], ["mail", "parse"]]

async function main(rawArgs: string[]) {
  const [name = ""] = rawArgs
  if (rawArgs.length === 0 || rawArgs.includes("--help") || rawArgs.includes("-h")) return usageOf(rawArgs)
  if (!Object.hasOwn(commands, name))
    throw new Refused(`There is no command ${name}. They are: ${Object.keys(commands).join(", ")}`)
  const { command, rest } = await commandOf(rawArgs)
  const unknown = unknownIn(command, rest)
  if (unknown) throw new Refused(unknown)
  // Standard output belongs to the command; what goes wrong is said by it, not by a log.
  log.level = "silent"
  const env = readEnv()
  const needsGround = !standAlone.some((words) => words.every((word, index) => rawArgs[index] === word))
  const ground = needsGround ? await (name === "accept" ? standUnchecked(env) : standOn(env)) : null
  try {
    await runCommand(desk, { rawArgs })
  } finally {
    await ground?.leave()
  }
}

/** The usage of the command asked about, or of all. */
const usageOf = async (rawArgs: string[]) => showUsage((await commandOf(rawArgs)).command)

/** The command that is named, as far down as it goes, and what was typed behind its name. */
async function commandOf(rawArgs: string[]): Promise<{ command: CommandDef; rest: string[] }> {
  let command: CommandDef = asCommand(desk)
  for (const [at, name] of rawArgs.entries()) {
    const below = typeof command.subCommands === "object" ? await command.subCommands : {}
    const next = Object.entries(below ?? {}).find(([key]) => key === name)?.[1]
    if (!next) return { command, rest: rawArgs.slice(at) }
    command = asCommand(typeof next === "function" ? await next() : await next)
  }
  return { command, rest: [] }
}

/** A refusal is one line; anything else is a bug and shows where it is. */
function fail(error: unknown) {
  const isUsage = error instanceof Error && error.name === "CLIError"
  const words =
    problemWords(error) ?? (error instanceof Error ? (isUsage ? error.message : error.stack) : String(error))
  process.stderr.write(`${stripVTControlCharacters(words ?? "")}
`)
  process.exitCode = 1
}

/** The library types each command by its own arguments; a list of them knows none. */
function asCommand(command: unknown): CommandDef {
  return command as CommandDef
}

main(process.argv.slice(2))
  .catch(fail)
  // Whatever still holds the process is no work: the database has been left.
  .finally(() => setTimeout(() => process.exit(), 2000).unref())

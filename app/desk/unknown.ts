import type { ArgsDef, CommandDef } from "citty"

/** What was typed and means nothing to the command, in words; null when all of it does. The library ignores it. */
export function unknownIn(command: CommandDef, typed: readonly string[]): string | null {
  const below = Object.keys(command.subCommands ?? {})
  if (below.length > 0)
    return typed[0] === undefined
      ? `Say which: ${below.join(", ")}`
      : `There is no ${typed[0]} here. There are: ${below.join(", ")}`
  const args: ArgsDef = typeof command.args === "object" && command.args !== null ? (command.args as ArgsDef) : {}
  const isPositional = (name: string) => args[name]?.type === "positional"
  const options = Object.keys(args).filter((name) => !isPositional(name))
  let words = 0
  for (let at = 0; at < typed.length; at++) {
    const text = typed[at] ?? ""
    // Behind it nothing is an option.
    if (text === "--") {
      words += typed.length - at - 1
      break
    }
    const [, name, value] = /^--([a-z][\w-]*)(=.*)?$/i.exec(text) ?? []
    if (name === undefined) words++
    else if (!options.includes(name)) return `There is no option --${name}. There are: ${named(options)}`
    else if (args[name]?.type === "string" && value === undefined) at++
  }
  const most = Object.keys(args).filter(isPositional).length
  return words > most
    ? `That is more than the command takes. It takes ${most === 0 ? "options only" : most}: ${named(options)}`
    : null
}

const named = (options: string[]) => options.map((name) => `--${name}`).join(" ")

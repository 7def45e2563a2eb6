import { parseArgs } from "node:util"

/** Every value of a flag that may be given more than once, in order; the command library keeps the last one only. */
export function every(rawArgs: string[], flag: string): string[] {
  const options = { [flag]: { type: "string", multiple: true } } as const
  const { values } = parseArgs({ args: rawArgs, options, strict: false, allowPositionals: true })
  const given = values[flag]
  return Array.isArray(given) ? given.filter((value) => typeof value === "string") : []
}

export const asJson = { json: { type: "boolean", description: "Print JSON" } } as const

/** Prints facts as one line of JSON when asked to, else as words. Nothing else of a command goes to standard output. */
export function tell({ json }: { json?: boolean | undefined }, facts: unknown, words: string) {
  process.stdout.write(`${json ? JSON.stringify(facts) : words}\n`)
}

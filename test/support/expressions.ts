import { createHash } from "node:crypto"
import { readdirSync, readFileSync, statSync } from "node:fs"
import { join, relative } from "node:path"
import { check } from "recheck"
import ts from "typescript"
import { projectRoot } from "#db/place.server.ts"

export type Expression = { file: string; source: string; flags: string }

/**
 * Every regular expression of the tree: the literals, those built of constants when their file is loaded, and those a
 * function builds around a word it is given.
 */
export async function allExpressions(): Promise<Expression[]> {
  const files = ["app", "db", "emails"].flatMap((folder) => filesIn(join(projectRoot, folder)))
  const found = files.map(expressionsIn)
  const built = await builtIn(found.filter(({ isBuilder }) => isBuilder).map(({ file }) => file))
  const all = [...found.flatMap(({ literals }) => literals), ...built]
  return [...new Map(all.map((one) => [JSON.stringify(one), one])).values()]
}

function expressionsIn(path: string) {
  const tree = ts.createSourceFile(path, readFileSync(path, "utf8"), ts.ScriptTarget.Latest, true)
  const file = relative(projectRoot, path)
  const literals: Expression[] = []
  let isBuilder = false
  const visit = (node: ts.Node) => {
    if (ts.isRegularExpressionLiteral(node)) literals.push({ file, ...partsOf(node.text) })
    if (ts.isNewExpression(node) && node.expression.getText() === "RegExp") {
      if (isOutsideFunctions(node)) isBuilder = true
      else literals.push({ file, ...builtAround("word", node.arguments) })
    }
    ts.forEachChild(node, visit)
  }
  visit(tree)
  return { file, literals, isBuilder }
}

function partsOf(literal: string) {
  const end = literal.lastIndexOf("/")
  return { source: literal.slice(1, end), flags: literal.slice(end + 1) }
}

function builtAround(word: string, [pattern, flags]: readonly ts.Expression[] = []) {
  const given = flags && ts.isStringLiteral(flags) ? flags.text : ""
  if (!pattern || !ts.isTemplateExpression(pattern)) return { source: word, flags: given }
  const rest = pattern.templateSpans.map(({ literal }) => word + literal.text)
  return { source: pattern.head.text + rest.join(""), flags: given }
}

const isOutsideFunctions = (node: ts.Node): boolean =>
  node.parent === undefined || (!ts.isFunctionLike(node) && isOutsideFunctions(node.parent))

/** Loads the files while every expression that is built says where. */
async function builtIn(files: string[]): Promise<Expression[]> {
  const Plain = globalThis.RegExp
  const built: Expression[] = []
  class Told extends Plain {
    constructor(pattern: string | RegExp, flags?: string) {
      super(pattern, flags)
      const file = files.find((name) => new Error().stack?.includes(`/${name}`))
      if (file) built.push({ file, source: this.source, flags: this.flags })
    }
  }
  Object.assign(globalThis, { RegExp: Told })
  try {
    for (const file of files) await import(join(projectRoot, file))
  } finally {
    Object.assign(globalThis, { RegExp: Plain })
  }
  return built
}

/**
 * Null when its time grows with the text and no faster; else what the checker says. Counted repetitions are shortened
 * where they are too many states for it: they are constants, and how time grows is decided by those without an end.
 */
export async function faultOf({ source, flags }: Expression): Promise<string | null> {
  return (await told(source, flags)) && told(shortened(source), flags)
}

const shortened = (source: string) =>
  source.replace(/\{(\d+)(,?)(\d*)\}/g, (_, least: string, comma: string, most: string) => {
    const [from, to] = [Math.min(Number(least), 2), Math.min(Number(most), 3)]
    return `{${from}${comma}${most === "" ? "" : to}}`
  })

async function told(source: string, flags: string): Promise<string | null> {
  const found = await check(source, flags, { checker: "automaton", timeout: 10_000 })
  if (found.status === "safe") return null
  return found.status === "vulnerable" ? found.complexity.summary : `undecided, ${found.error.kind}`
}

export const keyOf = ({ source, flags }: Expression) =>
  createHash("sha256").update(`/${source}/${flags}`).digest("base64url").slice(0, 12)

function filesIn(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name)
    if (statSync(path).isDirectory()) return name === "migrations" ? [] : filesIn(path)
    return /\.tsx?$/.test(name) ? [path] : []
  })
}

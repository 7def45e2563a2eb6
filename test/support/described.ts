type Schema = {
  $ref?: string
  type?: string | string[]
  enum?: unknown[]
  format?: string
  anyOf?: Schema[]
  items?: Schema
  properties?: Record<string, Schema>
  required?: string[]
}
export type Described = { components: { schemas: Record<string, Schema> } }

/** Holds answers against what a document says of them, and remembers which of its fields it met. */
export function heldAgainst(document: Described) {
  const met = new Set<string>()
  const wrong: string[] = []
  const found = (schema: Schema): Schema =>
    schema.$ref ? (document.components.schemas[schema.$ref.split("/").at(-1) ?? ""] ?? {}) : schema

  function look(value: unknown, given: Schema, path: string) {
    const schema = found(given)
    if (schema.anyOf) {
      const isNullable = schema.anyOf.some(({ type }) => type === "null")
      if (value === null) return isNullable || wrong.push(`${path} is null`)
      return look(value, schema.anyOf.find(({ type }) => type !== "null") ?? {}, path)
    }
    if (!isOf(value, schema)) return wrong.push(`${path} is ${JSON.stringify(value)?.slice(0, 60)}`)
    if (schema.items) for (const one of value as unknown[]) look(one, schema.items, `${path}[]`)
    if (schema.properties) lookInto(value as Record<string, unknown>, schema, path)
  }

  function lookInto(value: Record<string, unknown>, { properties = {}, required = [] }: Schema, path: string) {
    for (const name of required) if (!(name in value)) wrong.push(`${path}.${name} is missing`)
    for (const [name, one] of Object.entries(value)) {
      const described = properties[name]
      if (!described) wrong.push(`${path}.${name} is not described`)
      else {
        met.add(`${path}.${name}`)
        look(one, described, `${path}.${name}`)
      }
    }
  }

  /** Every field there is below a schema. */
  function fields(given: Schema, path: string): string[] {
    const schema = found(given)
    const inside = schema.anyOf?.find(({ type }) => type !== "null")
    if (inside) return fields(inside, path)
    if (schema.items) return fields(schema.items, `${path}[]`)
    return Object.entries(schema.properties ?? {}).flatMap(([name, one]) => [
      `${path}.${name}`,
      ...fields(one, `${path}.${name}`),
    ])
  }

  return {
    wrong,
    look: (value: unknown, name: string) => look(value, { $ref: `#/${name}` }, name),
    notMet: () =>
      Object.keys(document.components.schemas)
        .flatMap((name) => fields({ $ref: `#/${name}` }, name))
        .filter((path) => !met.has(path)),
  }
}

function isOf(value: unknown, { type, enum: words, format }: Schema) {
  const types = type === undefined ? [] : [type].flat()
  if (value === null) return types.includes("null")
  if (words && !words.includes(value)) return false
  if (format === "date-time" && !/^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(String(value))) return false
  if (format === "date" && !/^\d{4}-\d\d-\d\d$/.test(String(value))) return false
  return types.length === 0 || types.some((one) => isType(value, one))
}

function isType(value: unknown, type: string) {
  if (type === "array") return Array.isArray(value)
  if (type === "integer") return Number.isInteger(value)
  if (type === "object") return typeof value === "object" && !Array.isArray(value)
  return type === typeof value
}

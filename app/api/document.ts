import { z } from "zod"
import { Agent } from "./agent.ts"
import { type Call, calls } from "./calls.ts"
import { Case, CaseSummary } from "./case.ts"
import { Frown } from "./frown.ts"
import { LedgerRow, Taken } from "./mail.ts"
import { Problem, page } from "./parts.ts"
import { Happiness, Load } from "./report.ts"

const schemas = { Case, CaseSummary, LedgerRow, Taken, Agent, Happiness, Load, Frown, Problem }

/** The whole API described (OpenAPI 3.1), from the shapes the calls themselves are read by. */
export function openApi(baseUrl: string) {
  const paths = Object.entries(calls).map(([path, methods]) => {
    const described = Object.entries(methods).map(([method, call]) => [method, operation(path, call)] as const)
    return [path, { ...parametersOf(path), ...Object.fromEntries(described) }] as const
  })
  return {
    openapi: "3.1.0",
    info: {
      title: "Upturn",
      version: "1",
      description:
        "Bearer token, JSON, refusals as RFC 9457 problem details, pages by opaque cursor. Fields may be added; none is removed. A token has scopes (read, write, metrics; admin is all of them), named with each call, and reaches the mailboxes it was made for: of everything else it is told that it is not there.",
    },
    servers: [{ url: baseUrl }],
    security: [{ token: [] }],
    paths: Object.fromEntries(paths),
    components: {
      securitySchemes: { token: { type: "http", scheme: "bearer", description: "npm run desk -- token create" } },
      schemas: Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, jsonSchema(schema)])),
    },
  }
}

function operation(path: string, call: Call) {
  const { says, query = {}, takes, answers, refuses, once, open, written } = call
  const asked = Object.entries(query).map(([name, description]) => inQuery(name, description))
  const given = [...Object.entries(answers).map(([status, answer]) => [status, answered(answer, written)] as const)]
  const refused = [...(open ? [] : [401, 403]), ...refuses].map((status) => {
    return [String(status), refusal(status)] as const
  })
  return {
    summary: says,
    operationId: operationId(path, takes ? "write" : "read"),
    security: open ? [] : [{ token: [call.scope ?? (takes ? "write" : "read")] }],
    ...(asked.length > 0 || once ? { parameters: [...asked, ...(once ? [idempotencyKey] : [])] } : {}),
    ...(takes ? { requestBody: { required: true, content: contentOf(takes) } } : {}),
    responses: Object.fromEntries([...given, ...refused]),
  }
}

const operationId = (path: string, verb: string) =>
  `${verb} ${path}`.replace(/\/api\/v1|[{}]/g, "").replace(/\W+(\w)/g, upper)
const upper = (_all: string, letter: string) => letter.toUpperCase()

function parametersOf(path: string) {
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? "")
  const schemaOf = (name: string) => ({ type: name === "email" ? "string" : "integer" })
  const parameters = names.map((name) => ({ name, in: "path", required: true, schema: schemaOf(name) }))
  return parameters.length > 0 ? { parameters } : {}
}

const inQuery = (name: string, description: string) => ({ name, in: "query", description, schema: { type: "string" } })

const idempotencyKey = {
  name: "Idempotency-Key",
  in: "header",
  description:
    "A call repeated with the same key, within a week, with the same token and for the same agent, does nothing new",
  schema: { type: "string", maxLength: 100 },
}

function contentOf(takes: NonNullable<Call["takes"]>) {
  return Object.fromEntries(Object.entries(takes).map(([type, schema]) => [type, { schema: jsonSchema(schema) }]))
}

function answered(answer: Call["answers"][number], written: Call["written"]) {
  if ("bytes" in answer) return { description: "The bytes", content: { [answer.bytes]: {} } }
  const schema =
    "schema" in answer
      ? ref(answer.schema)
      : "page" in answer
        ? pageOf(answer.page, answer.and)
        : jsonSchema(answer.inline)
  const either = written ? { anyOf: [schema, jsonSchema(written)] } : schema
  const file = "orBytes" in answer && answer.orBytes ? { [answer.orBytes]: {} } : {}
  return { description: "Done", content: { "application/json": { schema: either }, ...file } }
}

const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` })

function pageOf(name: string, and = z.object({})) {
  const { properties, ...rest } = jsonSchema(page(z.unknown()).extend(and.shape))
  return { ...rest, properties: { ...properties, data: { type: "array", items: ref(name) } } }
}

function refusal(status: number) {
  const content = { "application/problem+json": { schema: ref("Problem") } }
  return { description: words[status] ?? "Refused", content }
}

const words: Record<number, string> = {
  400: "The body is not what it must be; what is wrong is named",
  401: "No token, or one that is not known",
  403: "The token lacks the scope, or its owner may not",
  404: "There is none",
  409: "Somebody was faster",
  413: "Too large",
  415: "Another content type is read here",
  422: "Not possible, and why",
  507: "The disk of the desk is full; nothing was stored",
}

function jsonSchema(schema: z.ZodType) {
  // As it may be given: what has a default may be left out, and what is not named is passed over.
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io: "input", override: withoutLimits })
  return rest
}

/** What JavaScript can count to is no rule of ours. */
function withoutLimits({ jsonSchema: made }: { jsonSchema: { minimum?: number; maximum?: number } }) {
  if (made.minimum === Number.MIN_SAFE_INTEGER) delete made.minimum
  if (made.maximum === Number.MAX_SAFE_INTEGER) delete made.maximum
}

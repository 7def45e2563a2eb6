import { deskNow } from "#app/clock.server.ts"
import { openSession } from "#app/models/people/sign-in.server.ts"

const origin = "http://localhost:3000"

type Press = { form?: Record<string, string | string[]>; now?: Date; headers?: Record<string, string> }

/** The cookie of somebody from the cast, as a browser sends it back. */
export async function cookieOf(person: { id: number }, now = deskNow()) {
  const cookie = await openSession(new Request(origin), person.id, now)
  return cookie.split(";")[0] ?? ""
}

/** A request as a browser of that person sends it; with a form it is a press, without one a visit. */
export async function requestAs(person: { id: number } | null, path: string, { form, now, headers }: Press = {}) {
  const cookie = person ? { cookie: await cookieOf(person, now) } : {}
  const body = form ? { method: "POST", body: formOf(form) } : {}
  return new Request(origin + path, { headers: { ...headers, ...cookie }, ...body })
}

export function formOf(fields: Record<string, string | string[]>) {
  const form = new URLSearchParams()
  for (const [name, value] of Object.entries(fields)) for (const one of [value].flat()) form.append(name, one)
  return form
}

/** What a loader or action threw or returned as a Response; a test that expects neither fails here. */
export async function thrown(work: Promise<unknown>): Promise<Response> {
  const answer = await work.catch((reason: unknown) => reason)
  if (answer instanceof Response) return answer
  throw answer instanceof Error ? answer : new Error(`expected a Response, got ${JSON.stringify(answer)}`)
}

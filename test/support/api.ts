import type { RunningDesk } from "./server.ts"

type Answer<T> = { status: number; body: T; type: string }

/** The HTTP API of a running desk with a token that may write. */
export async function apiOf(desk: RunningDesk) {
  const made = await desk.desk("token", "create", "--name", "tests", "--scopes", "read,write")
  const token = made.out.trim().split(/\s+/).at(-1) ?? ""
  const call = async <T>(
    method: string,
    path: string,
    body?: unknown,
    contentType = "application/json",
  ): Promise<Answer<T>> => {
    const answer = await fetch(`${desk.url}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, ...(body === undefined ? {} : { "content-type": contentType }) },
      ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
    })
    const type = answer.headers.get("content-type") ?? ""
    return {
      status: answer.status,
      type,
      body: (type.includes("json") ? await answer.json() : await answer.text()) as T,
    }
  }
  return {
    token,
    get: <T>(path: string) => call<T>("GET", path),
    post: <T>(path: string, body: unknown, contentType?: string) => call<T>("POST", path, body, contentType),
    put: <T>(path: string, body: unknown) => call<T>("PUT", path, body),
    patch: <T>(path: string, body: unknown) => call<T>("PATCH", path, body),
  }
}

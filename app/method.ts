import { isApi, type Refusal } from "./gate.ts"

const ofPages = ["GET", "HEAD", "OPTIONS", "POST"]
const ofTheApi = [...ofPages, "PUT", "PATCH", "DELETE"]

export const methodsFor = (path: string) => (isApi(path) ? ofTheApi : ofPages)

/** Pages are opened and forms are sent. The router would take any other method for a form; the API says itself which it takes. */
export function methodRefusal(method: string, path: string): Refusal | null {
  const taken = methodsFor(path)
  return taken.includes(method) ? null : { status: 405, words: `This address takes ${taken.join(", ")}.` }
}

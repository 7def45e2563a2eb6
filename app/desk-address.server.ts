import { deskNow } from "./clock.server.ts"
import { log } from "./log.server.ts"
import { originProven } from "./models/people/base-url.server.ts"
import { type BaseUrls, originFor } from "./models/people/base-url.ts"
import { setting } from "./models/people/settings.server.ts"

const milliseconds = 3000

/** The addresses this process answers under. The confirmed one may change while it runs, in another process too. */
export function deskAddress(fixed: string | undefined) {
  let confirmed = ""
  let readAt = Number.NEGATIVE_INFINITY
  const read = async () => {
    readAt = performance.now()
    confirmed = await setting("web.baseUrl")
  }
  /** What it was a moment ago will do: nobody waits for the database here. */
  const lookSometimes = () => {
    if (fixed !== undefined || performance.now() - readAt < milliseconds) return
    void read().catch((error) => log.debug({ err: error }, "the desk's address could not be read, the last one stands"))
  }
  const urlsFor = (host: string | undefined, path: string): BaseUrls => {
    lookSometimes()
    const proven = fixed === undefined && host !== undefined ? originProven(host.toLowerCase(), path, deskNow()) : null
    return { fixed, others: [confirmed, proven ?? ""].filter((one) => one !== "") }
  }
  return {
    read: () => (fixed === undefined ? read() : Promise.resolve()),
    urlsFor,
    originOf: ({ headers, path }: { headers: { host?: string | undefined }; path: string }) =>
      originFor(headers.host, urlsFor(headers.host, path)),
  }
}

export type DeskAddress = ReturnType<typeof deskAddress>

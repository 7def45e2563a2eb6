import { inThread, ThreadEnded } from "../threads.server.ts"
import type { Beside, Cleaned } from "./clean-html.ts"

type Dirty = Beside & { html: string; waiting: "a person" | "nobody" }

/** cleanHtml in a thread that may be killed. A page that ends its thread is shown as text like any too costly one. */
export async function cleanApart({ waiting, ...asked }: Dirty): Promise<Cleaned> {
  try {
    const size = asked.html.length + asked.newText.length
    return await inThread({ work: "clean", size, ask: () => asked, waiting })
  } catch (error) {
    // Asked again, the same page would end the next thread as well.
    if (!(error instanceof ThreadEnded)) throw error
    return { page: null, trouble: "Its page could not be cleaned and is shown as text." }
  }
}

import type { Response as Answer, Request as Asked } from "express"
import { isGone } from "./body-door.server.ts"
import { mayHear } from "./models/cases/visible.server.ts"
import { type Session, seenSession } from "./models/people/session.server.ts"

export type Change = { id: number; kind: string; caseNumber: number | null; mailboxId: number | null }

type Stream = { asks: Request; session: Session; write(text: string): void; end(): void }

const beat = 20_000
const longest = 15 * 60_000
const most = 1000
const mostPerSession = 10
/** Bytes that wait for a browser which takes none: it is cut off, and asks again when it can. */
const mostWaiting = 64 * 1024

/** The address a browser asked under: over https the session's cookie has another name. */
export type OriginOf = (asked: Pick<Asked, "headers" | "path">) => string

/** The streams that are open in this process: who hears what, and for how long. */
export function eventStreams(originOf: OriginOf) {
  /** Whether the session is there still, and may see what it could when the stream began. */
  const isStillSo = async ({ asks, session: { viewer, tokenHash } }: Stream) => {
    const now = await seenSession(asks)
    const rights = (of: Session["viewer"]) => `${of.id} ${of.role} ${of.mailboxIds.join()}`
    return now?.tokenHash === tokenHash && rights(now.viewer) === rights(viewer)
  }
  const streams = new Set<Stream>()
  const streamsOf = (tokenHash: string) => [...streams].filter(({ session }) => session.tokenHash === tokenHash)
  return {
    tell(change: Change) {
      for (const stream of streams) if (mayHear(stream.session.viewer, change)) stream.write(eventOf(change))
    },
    /**
     * What a person may see changed, or a session of theirs ended. Their pages ask for a new stream at once, which is
     * refused to who is signed out and else begins with what is true then.
     */
    endOf(agentId: number) {
      for (const stream of streams) if (stream.session.viewer.id === agentId) stream.end()
    },
    async lookAgain() {
      for (const stream of [...streams]) if (!(await isStillSo(stream))) stream.end()
    },
    endAll() {
      for (const stream of streams) stream.end()
    },
    async onEvents(asked: Asked, answer: Answer) {
      const asks = new Request(originOf(asked), { headers: { cookie: asked.headers.cookie ?? "" } })
      const session = await seenSession(asks)
      if (!session) return void answer.status(401).end()
      if (streams.size >= most) return void answer.status(503).set("Retry-After", "30").end()
      if (isGone(answer)) return
      const stream = begin(answer, asks, session)
      streams.add(stream)
      answer.on("close", () => streams.delete(stream))
      for (const old of streamsOf(session.tokenHash).slice(0, -mostPerSession)) endForGood(old)
      // What changed since the first look was told while nobody listened here.
      if (!(await isStillSo(stream))) stream.end()
    },
  }
}

function begin(answer: Answer, asks: Request, session: Session): Stream {
  answer.set({
    "Content-Type": "text/event-stream; charset=utf-8",
    "Cache-Control": "no-store, no-transform",
    "X-Accel-Buffering": "no",
  })
  const write = (text: string) => {
    if (answer.writableLength > mostWaiting) answer.destroy()
    else if (!answer.writableEnded) answer.write(text)
  }
  write(`retry: ${1000 + Math.floor(Math.random() * 2000)}\n\n`)
  const heart = setInterval(() => write(": still here\n\n"), beat)
  const end = setTimeout(() => answer.end(), longest)
  answer.on("close", () => {
    clearInterval(heart)
    clearTimeout(end)
  })
  return { asks, session, write, end: () => answer.end() }
}

const eventOf = ({ id, kind, caseNumber }: Change) =>
  `id: ${id}\nevent: change\ndata: ${JSON.stringify({ kind, case: caseNumber })}\n\n`

/** For a page that has been left open behind many others: it must not push out the next oldest in turn. */
function endForGood(stream: Stream) {
  stream.write('retry: 3600000\nevent: over\ndata: {"because":"too many streams of one session"}\n\n')
  stream.end()
}

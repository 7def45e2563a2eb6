import type { ReactNode } from "react"
import { Time } from "../time.tsx"
import type { CasePage } from "./facts.ts"

type Own = { replyAt: string | null; noteAt: string | null }

/** When somebody last wrote in the case themselves, from this window or from another. */
export function ownIn({ messages, notes }: Pick<CasePage, "messages" | "notes">, me: number | undefined): Own {
  const reply = messages.findLast(({ kind, agentId }) => kind === "reply" && agentId === me)
  return { replyAt: reply?.at ?? null, noteAt: notes.findLast(({ agentId }) => agentId === me)?.at ?? null }
}

/** Why their words wait: they have written already. Null for any other code. */
export function saidAlready(code: string, { replyAt, noteAt }: Own): ReactNode {
  switch (code) {
    case "replied-meanwhile":
      return <>Not sent yet: you sent a reply{at(replyAt)} from another window. Read it above, then send again.</>
    case "sent-already":
      return <>Not sent: you sent a reply with the same words{at(replyAt)}, perhaps from another window.</>
    case "noted-already":
      return <>Not left: you left a note with the same words{at(noteAt)}, perhaps from another window.</>
    default:
      return null
  }
}

const at = (moment: string | null) =>
  moment === null ? null : (
    <>
      {" "}
      at <Time at={moment} />
    </>
  )

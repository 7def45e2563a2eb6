import { useLocation } from "@remix-run/react"
import { heldWords } from "#app/models/mail/held-for.ts"
import { PostForm } from "../post-form.tsx"
import { Deciding } from "../tray/deciding.tsx"
import type { CaseMessage } from "./facts.ts"

/** Null for mail from before the reason was kept. */
export const heldWordsOf = ({ heldFor }: CaseMessage) => heldWords[heldFor ?? "disowned"]

/** Automatic answers come from anywhere and are nobody's to speak for. */
export const isHeld = ({ unverified, machine }: CaseMessage) => unverified && machine === null

/** Why a mail stands in this case, what a person may say of its sender, and where else it may go. */
export function MailStanding({ message }: { message: CaseMessage }) {
  const { id, kind, joinedBecause, impostor, replyTo, subject, isUnderOtherSubject } = message
  const { pathname, search } = useLocation()
  if (kind !== "email") return null
  const back = `${pathname}${search}#message-${id}`
  return (
    <div className="message__standing">
      {isHeld(message) ? (
        <div className="notice notice--warn doubted">
          <p>
            {joinedBecause} {heldWordsOf(message).asks}
          </p>
          <Deciding messageId={id} back={back} />
        </div>
      ) : joinedBecause ? (
        <p className="small quiet">{joinedBecause}</p>
      ) : null}
      {impostor ? (
        <p className="small message__impostor" dir="auto">
          {impostor}
        </p>
      ) : null}
      {replyTo ? (
        <p className="small">
          It asks for answers at <strong dir="auto">{replyTo.address}</strong>, which is another domain. We answer its
          sender unless you choose that place where you write.
        </p>
      ) : null}
      {isUnderOtherSubject ? (
        <p className="small">
          Its subject is another: <strong dir="auto">{subject}</strong>. If that is another matter, give it a case of
          its own.
        </p>
      ) : null}
      <Elsewhere id={id} back={back} isLikely={isUnderOtherSubject} />
    </div>
  )
}

/** It came to the wrong place: to a case of its own, or to the one it belongs to. */
function Elsewhere({ id, back, isLikely }: { id: number; back: string; isLikely: boolean }) {
  return (
    <details className="small elsewhere" open={isLikely}>
      <summary className="quiet">Belongs elsewhere</summary>
      <div className="row elsewhere__ways">
        <PostForm action={`/messages/${id}/case`}>
          <input type="hidden" name="back" value={back} />
          <button className="button button--small" type="submit">
            To a case of its own
          </button>
        </PostForm>
        <PostForm action={`/messages/${id}/move`} className="row">
          <input type="hidden" name="back" value={back} />
          <label htmlFor={`into-${id}`}>or to case</label>
          <input id={`into-${id}`} name="into" inputMode="numeric" size={7} required placeholder="#" />
          <button className="button button--small" type="submit">
            Move
          </button>
        </PostForm>
      </div>
    </details>
  )
}

import { Link, useSearchParams } from "@remix-run/react"
import { FaceMark } from "../face.tsx"
import { FoldedText } from "../text.tsx"
import { Time } from "../time.tsx"
import { useRootFrame } from "../use-root.ts"
import { Attachments } from "./attachments.tsx"
import { Delivery } from "./delivery.tsx"
import { Earned } from "./earned.tsx"
import type { CaseMessage } from "./facts.ts"
import { MailFrame } from "./mail-frame.tsx"
import { heldWordsOf, isHeld, MailStanding } from "./mail-standing.tsx"
import { Marks } from "./marks.tsx"
import { PeopleLine } from "./people-line.tsx"
import { SenderBadge } from "./sender-badge.tsx"

/** One message: a line when folded, all of it when open. */
export function Message({ message, open, asText }: { message: CaseMessage; open: boolean; asText: boolean }) {
  const { id, kind, at, attachments, rating, delivery } = message
  return (
    <details className={`message message--${kind}`} id={`message-${id}`} open={open}>
      <summary className="message__head" data-message>
        <h2 className="message__who" dir="auto">
          {authorOf(message)}
        </h2>
        <span className="message__first" dir="auto">
          {message.preview}
        </span>
        {rating ? <FaceMark face={rating.standing} size={18} /> : null}
        {delivery?.state === "failed" ? <span className="message__failed">Not delivered</span> : null}
        {message.machine ? <span className="message__machine">{machineWords[message.machine]}</span> : null}
        {isHeld(message) ? (
          <span className="message__machine">{heldWordsOf(message).badge}</span>
        ) : (
          <SenderBadge message={message} />
        )}
        <span className="message__at">
          <Time at={at} />
        </span>
      </summary>
      <div className="message__body">
        <Recipients {...message} />
        <Body message={message} asText={asText} />
        <Marks marks={message.marks} />
        <Attachments attachments={attachments} />
        {kind === "email" ? <OtherLooks message={message} asText={asText} /> : null}
        <MailStanding message={message} />
        {delivery ? <Delivery delivery={delivery} /> : null}
        {rating ? <Earned rating={rating} /> : null}
      </div>
    </details>
  )
}

function Body({ message, asText }: { message: CaseMessage; asText: boolean }) {
  const { id, html, hasHtml, text, newText, from, isCut } = message
  if (html === null && hasHtml && !asText)
    return <MailFrame id={id} title={`Message from ${from.name || from.address}`} />
  return (
    <div className="message__text">
      {html === null ? (
        <FoldedText text={text} newText={newText} />
      ) : (
        // biome-ignore lint/security/noDangerouslySetInnerHtml: our own words, rendered on the server with tags switched off
        <div className="written" dir="auto" dangerouslySetInnerHTML={{ __html: html }} />
      )}
      {isCut ? <WholeText id={id} /> : null}
    </div>
  )
}

const WholeText = ({ id }: { id: number }) => (
  <p className="small">
    This is the beginning of a long text.{" "}
    <a href={`/messages/${id}/frame?text`} target="_blank" rel="noreferrer">
      Show all of it
    </a>
  </p>
)

/** The other ways to look at a mail: as text, as it was sent, and as it came in. */
function OtherLooks({ message: { id, hasHtml, mailId }, asText }: { message: CaseMessage; asText: boolean }) {
  const [query] = useSearchParams()
  const isLead = useRootFrame()?.me.role !== "agent"
  const other = new URLSearchParams(query)
  if (asText) other.delete("text")
  else other.set("text", String(id))
  if (!hasHtml && !(mailId && isLead)) return null
  return (
    <p className="message__tools row small">
      {hasHtml ? <a href={`?${other}#message-${id}`}>{asText ? "As it was sent" : "As text"}</a> : null}
      {mailId && isLead ? <Link to={`/mail/${mailId}`}>In the mail ledger</Link> : null}
    </p>
  )
}

function Recipients({ kind, from, to, cc }: CaseMessage) {
  const people = [...to, ...cc].map(({ name, address }) => {
    return name && name !== address ? `${name} <${address}>` : address
  })
  const before = kind === "email" ? `${from.address} to` : `from ${from.address} to`
  return (
    <div className="message__to small quiet" dir="auto">
      <PeopleLine before={before} people={people.length > 0 ? people : ["us"]} />
    </div>
  )
}

const authorOf = ({ kind, from, agent }: CaseMessage) =>
  kind === "reply" ? (agent?.name ?? from.name) : from.name || from.address

const machineWords = {
  auto: "Automatic answer",
  bounce: "Could not be delivered",
  complaint: "Complaint",
  list: "List mail",
}

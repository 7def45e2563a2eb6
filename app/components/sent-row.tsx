import { Link } from "@remix-run/react"
import { type Delivery as DeliveryFacts, isOurWords } from "#app/models/mail/delivery.ts"
import { Delivery } from "./case/delivery.tsx"
import { PeopleLine } from "./case/people-line.tsx"
import { PostForm } from "./post-form.tsx"
import { Time } from "./time.tsx"

type Row = {
  id: number
  writtenAt: string
  subject: string
  caseNumber: number | null
  mailbox: string
  author: string | null
  delivery: DeliveryFacts
}

/** One mail of ours, with the other server's own words and, where a person must decide, what can be done. */
export function SentRow({ row }: { row: Row }) {
  const { id, writtenAt, subject, caseNumber, mailbox, author, delivery } = row
  return (
    <li className={`sent-row sent-row--${delivery.state}`}>
      <div className="sent-row__what">
        <Link to={`/sent/${id}`} dir="auto">
          {subject}
        </Link>
        <div className="quiet small" dir="auto">
          <PeopleLine before="to" people={delivery.to.map(({ address }) => address)} after={`from ${mailbox}`} />
          {author ? `, written by ${author}` : ""} <Time at={writtenAt} />
          {caseNumber ? (
            <>
              , <Link to={`/cases/${caseNumber}`}>case {caseNumber}</Link>
            </>
          ) : null}
        </div>
      </div>
      <div className="sent-row__how">
        <Delivery delivery={delivery} />
        {isUnsaid(delivery) ? (
          <q className="small quiet" dir="auto">
            {delivery.answer}
          </q>
        ) : null}
        <Decide id={id} delivery={delivery} />
      </div>
    </li>
  )
}

/** What was heard about the mail as a whole, where no recipient's line says it already. */
function isUnsaid({ answer, state, to }: DeliveryFacts) {
  return answer !== "" && !isOurWords(answer) && state !== "sent" && to.every((one) => one.answer === "")
}

/** Sending again is a person's decision: where the mail may have arrived, it may arrive twice. */
export function Decide({ id, delivery: { state, to } }: { id: number; delivery: DeliveryFacts }) {
  const isBounced = to.some(({ state: one }) => one === "bounced")
  if (state !== "unconfirmed" && (state !== "failed" || isBounced)) return null
  return (
    <div className="row">
      <PostForm action={`/sent/${id}/retry`}>
        <button className="button button--small" type="submit">
          Send again
        </button>
      </PostForm>
      {state === "unconfirmed" ? (
        <PostForm action={`/sent/${id}/confirmation`}>
          <button className="button button--small button--quiet" type="submit">
            It arrived
          </button>
        </PostForm>
      ) : null}
    </div>
  )
}

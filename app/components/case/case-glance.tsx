import { Link } from "@remix-run/react"
import { Time } from "../time.tsx"

type Props = {
  title: string
  glance: {
    number: number
    subject: string
    state: string
    mailbox: string
    lastMessageAt: string
    customer: { name: string; address: string }
    lastWords: { from: string; text: string } | null
  }
}

/** A case in a few lines, beside another one. */
export function CaseGlance({ title, glance }: Props) {
  const { number, subject, state, mailbox, lastMessageAt, customer, lastWords } = glance
  return (
    <section className="side-part" aria-label={title}>
      <h2>{title}</h2>
      <p>
        <Link to={`/cases/${number}`} dir="auto">
          {subject}
        </Link>
      </p>
      <dl className="facts small">
        <dt>Customer</dt>
        <dd dir="auto">
          {customer.name} {customer.address ? <span className="quiet">{customer.address}</span> : null}
        </dd>
        <dt>Last words</dt>
        <dd dir="auto">
          {lastWords ? `${lastWords.from}: ${lastWords.text}` : "None yet"}{" "}
          <span className="quiet">
            <Time at={lastMessageAt} />
          </span>
        </dd>
        <dt>Mailbox</dt>
        <dd dir="auto">{mailbox}</dd>
        <dt>State</dt>
        <dd>{state.replaceAll("-", " ")}</dd>
      </dl>
    </section>
  )
}

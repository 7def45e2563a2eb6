import "../styles/sent.css"
import { json, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node"
import { Link, useLoaderData } from "@remix-run/react"
import { deskNow } from "#app/clock.server.ts"
import { Delivery } from "#app/components/case/delivery.tsx"
import { caseNumber as idIn } from "#app/components/case/number.ts"
import { Face } from "#app/components/face.tsx"
import { Decide } from "#app/components/sent-row.tsx"
import { titleOf } from "#app/components/title.ts"
import { oneSentMail } from "#app/models/mail/sent-mail.server.ts"
import { requireViewer } from "#app/models/people/session.server.ts"
import { faceWords } from "#app/models/ratings/face.ts"
import type { loader as root } from "#app/root.tsx"

export async function loader({ request, params }: LoaderFunctionArgs) {
  const viewer = await requireViewer(request)
  const mail = await oneSentMail(viewer, idIn(params.mailId), deskNow())
  if (!mail) throw new Response("There is no such mail in your mailboxes.", { status: 404 })
  return json(mail)
}

export const meta: MetaFunction<typeof loader, { root: typeof root }> = ({ data, matches }) =>
  titleOf(data ? `Sent: ${data.subject}` : "Sent mail", matches.find(({ id }) => id === "root")?.data)

export default function OneSentMail() {
  const { id, subject, caseNumber, envelopeFrom, headers, text, delivery } = useLoaderData<typeof loader>()
  return (
    <article className="page sent" aria-labelledby="sent-subject">
      <nav className="row small">
        <Link to="/sent">Sent mail</Link>
        {caseNumber ? <Link to={`/cases/${caseNumber}`}>Case {caseNumber}</Link> : null}
      </nav>
      <h1 id="sent-subject" dir="auto">
        {subject}
      </h1>
      <Delivery delivery={delivery} />
      <Decide id={id} delivery={delivery} />
      <Links />
      <iframe
        className="mail-frame sent__frame"
        src={`/sent/${id}/body`}
        title="The mail as it looks"
        sandbox="allow-same-origin allow-popups allow-popups-to-escape-sandbox"
        referrerPolicy="no-referrer"
      />
      <details>
        <summary>As plain text</summary>
        <pre className="sent__text" dir="auto">
          {text}
        </pre>
      </details>
      <details>
        <summary>Header lines</summary>
        <dl className="sent__headers small">
          <dt>Envelope sender</dt>
          <dd>{envelopeFrom}</dd>
          {headers.map(({ name, value }) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      </details>
    </article>
  )
}

/** In a trial nobody gets the mail, so its question is answered from here. */
function Links() {
  const { links } = useLoaderData<typeof loader>()
  if (links.length === 0) return null
  return (
    <section className="notice stack stack--tight" aria-labelledby="sent-links">
      <h2 id="sent-links">Be the customer</h2>
      <p>No outgoing mail server is set, so this mail stayed here. These are its links, as the customer has them:</p>
      <p className="row">
        {links.map(({ face, href }) => (
          <a key={face} className="button" href={href} target="_blank" rel="noopener">
            <Face face={face} size={18} /> {faceWords[face]}
          </a>
        ))}
      </p>
    </section>
  )
}

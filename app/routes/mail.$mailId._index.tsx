import "../styles/mail.css"
import { json, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node"
import { Link, useLoaderData } from "@remix-run/react"
import { caseNumber as idIn } from "#app/components/case/number.ts"
import { FateOf, Problem } from "#app/components/ledger-row.tsx"
import { Time } from "#app/components/time.tsx"
import { titleOf } from "#app/components/title.ts"
import { ledgerMail, ledgerRecord } from "#app/models/mail/ledger.server.ts"
import { requireLead } from "#app/models/people/session.server.ts"
import type { loader as root } from "#app/root.tsx"

export async function loader({ request, params }: LoaderFunctionArgs) {
  const viewer = await requireLead(request)
  const mail = await ledgerMail(viewer, idIn(params.mailId))
  if (!mail) throw new Response("There is no such mail.", { status: 404 })
  const { via, envelopeFrom, envelopeTo, remote, attempts, lastError } = mail.row
  const { headers, hasBytes } = mail
  const record = { ...ledgerRecord(mail.row), lastError, copyOf: mail.row.copyOf, copies: mail.copies }
  return json({
    mail: record,
    authenticity: mail.row.authenticity,
    envelope: { via, from: envelopeFrom, to: envelopeTo, remote },
    attempts,
    headers,
    hasBytes,
  })
}

export const meta: MetaFunction<typeof loader, { root: typeof root }> = ({ data, matches }) =>
  titleOf(data?.mail.subject || "Mail", matches.find(({ id }) => id === "root")?.data)

export default function OneMail() {
  const { mail, headers, hasBytes } = useLoaderData<typeof loader>()
  return (
    <article className="page ledger" aria-labelledby="mail-subject">
      <nav className="row small">
        <Link to="/mail">Mail</Link>
        {mail.caseNumber === null ? null : <Link to={`/cases/${mail.caseNumber}`}>Case {mail.caseNumber}</Link>}
      </nav>
      <h1 id="mail-subject" dir="auto">
        {mail.subject || "No subject"}
      </h1>
      <p>
        <FateOf fate={mail.fate} /> {mail.because || "It will be handled in a moment."}
      </p>
      <Copies />
      <Problem row={mail} />
      <Envelope />
      {hasBytes ? (
        <p>
          <a href={`/mail/${mail.id}/raw`} download>
            The mail as it came
          </a>{" "}
          <span className="quiet">({sizeWords(mail.size)})</span>
        </p>
      ) : (
        <p className="quiet">Its bytes are no longer kept.</p>
      )}
      {headers.length > 0 ? (
        <details>
          <summary>Header lines</summary>
          <dl className="ledger__headers small">
            {headers.map(({ name, value }, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: lines of one name repeat and never move
              <div key={i}>
                <dt>{name}</dt>
                <dd>{value}</dd>
              </div>
            ))}
          </dl>
        </details>
      ) : null}
    </article>
  )
}

/** Of one mail that came twice, the other one. */
function Copies() {
  const { copyOf, copies } = useLoaderData<typeof loader>().mail
  if (copyOf === null && copies.length === 0) return null
  return (
    <p className="row">
      {copyOf === null ? null : <Link to={`/mail/${copyOf}`}>The one that came first</Link>}
      {copies.map((id) => (
        <Link key={id} to={`/mail/${id}`}>
          Came again as email {id}
        </Link>
      ))}
    </p>
  )
}

function Envelope() {
  const { mail, envelope, attempts, authenticity } = useLoaderData<typeof loader>()
  return (
    <dl className="ledger__facts">
      <dt>From</dt>
      <dd dir="auto">{mail.from || "Nobody"}</dd>
      <dt>To</dt>
      <dd>{mail.to}</dd>
      <dt>Received</dt>
      <dd>
        <Time at={mail.receivedAt} /> {viaWords[envelope.via]}
        {envelope.remote ? ` from ${envelope.remote}` : ""}
      </dd>
      <dt>Envelope</dt>
      <dd>
        {envelope.from || "empty sender"} to {envelope.to.join(", ") || "nobody named"}
      </dd>
      {authenticity ? (
        <>
          <dt>Sender</dt>
          <dd>
            {authenticity.because} <span className="quiet">{checksIn(authenticity)}</span>
          </dd>
        </>
      ) : null}
      <dt>Tries</dt>
      <dd>{attempts}</dd>
    </dl>
  )
}

type Checked = NonNullable<ReturnType<typeof useLoaderData<typeof loader>>["authenticity"]>

function checksIn({ spf, dkim, dmarc, arc, policy }: Checked) {
  const said = Object.entries({ SPF: spf, DKIM: dkim, DMARC: dmarc, ARC: arc, policy })
  return said.flatMap(([name, result]) => (result ? [`${name} ${result}`] : [])).join(", ")
}

const viaWords = { smtp: "by SMTP", api: "over the API", imap: "by IMAP", import: "by import" }

const sizeWords = (bytes: number) =>
  bytes < 10_000 ? `${bytes} bytes` : `${Math.round(bytes / 1000).toLocaleString("en")} kB`

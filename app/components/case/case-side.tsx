import { Link } from "@remix-run/react"
import { isFace } from "#app/models/ratings/face.ts"
import { FaceStrip, FaceWord } from "../face.tsx"
import { Press } from "../press.tsx"
import { Day, Time } from "../time.tsx"
import { useRootFrame } from "../use-root.ts"
import type { CaseCustomer, CasePage } from "./facts.ts"
import { HandOver } from "./hand-over.tsx"
import { MergeInto } from "./merge-into.tsx"
import { PrintChoice } from "./print.tsx"

/** Beside the conversation: who this is, who has it, and why. */
export function CaseSide(page: CasePage) {
  return (
    <aside className="case-side" aria-label="About this case">
      <ThisCase {...page} />
      {page.frown ? <OpenFrown frown={page.frown} /> : null}
      <PrintChoice hasNotes={page.notes.length > 0} />
      {page.customer ? <Customer customer={page.customer} number={page.kase.number} /> : null}
    </aside>
  )
}

/** Somebody is unhappy here: whatever is written now is part of making it good. */
function OpenFrown({ frown }: { frown: NonNullable<CasePage["frown"]> }) {
  const { id, dueAt, firstContactAt, outcome, owner } = frown
  return (
    <section className="side-part">
      <h2>
        <Link to={`/frowns/${id}`}>
          <FaceWord face={outcome === "flipped" ? "happy" : "frown"}>
            {outcome === "flipped" ? "Flipped, to be closed" : "An open frown"}
          </FaceWord>
        </Link>
      </h2>
      <p className="small">
        {owner ? `${owner} has it` : "Nobody has it yet"}
        {firstContactAt || outcome ? null : (
          <>
            , write by <Time at={dueAt} />
          </>
        )}
      </p>
    </section>
  )
}

function ThisCase({ kase, colleagues, assignments }: CasePage) {
  const me = useRootFrame()?.me.id
  const why = assignments.at(-1)
  return (
    <section className="side-part">
      <h2>This case</h2>
      <HandOver kase={kase} colleagues={colleagues} />
      {why ? (
        <p className="small quiet" dir="auto">
          {why.line}
        </p>
      ) : null}
      {kase.state === "merged" || kase.state === "spam" ? null : (
        <Link className="small" to={`/cases/${kase.number}/next`}>
          Who would get it now?
        </Link>
      )}
      <dl className="facts small">
        <dt>Mailbox</dt>
        <dd dir="auto">{kase.mailbox?.name ?? ""}</dd>
        <dt>Opened</dt>
        <dd>
          <Time at={kase.openedAt} />
        </dd>
      </dl>
      {kase.state === "merged" || kase.state === "spam" ? null : <Merging number={kase.number} />}
      <div className="row side-part__verbs">
        {kase.agentId === me && me !== undefined ? (
          <Press to={`/cases/${kase.number}/release`} words="Back to the pool" quiet />
        ) : null}
        {kase.state === "spam" ? null : (
          <>
            <Press to={`/cases/${kase.number}/spam`} name="spam" value="yes" words="Spam" quiet />
            <Press to={`/cases/${kase.number}/spam`} name="spam" value="block" words="Spam, block the sender" quiet />
          </>
        )}
      </div>
    </section>
  )
}

/** The same matter as another case: that one goes on with everything of both. */
function Merging({ number }: { number: number }) {
  return (
    <details className="small">
      <summary>Same matter as another case</summary>
      <MergeInto number={number} />
    </details>
  )
}

function Customer({ customer, number }: { customer: CaseCustomer; number: number }) {
  const { id, name, addresses, about, faces, since, cases, more } = customer
  const others = cases.filter((kase) => kase.number !== number)
  return (
    <section className="side-part">
      <h2>
        <Link to={`/customers/${id}`} dir="auto">
          {name || addresses[0]?.address || "Customer"}
        </Link>
      </h2>
      <ul className="small">
        {addresses.map(({ address, undeliverableAt }) => (
          <li key={address} dir="auto">
            {address}
            {undeliverableAt ? <strong className="recipients__new"> mail comes back</strong> : null}
          </li>
        ))}
      </ul>
      {about ? (
        <p className="small" dir="auto">
          {about}
        </p>
      ) : null}
      {faces.length > 0 ? <FaceStrip faces={faces.filter(isFace)} /> : <p className="small quiet">No ratings yet</p>}
      <p className="small quiet">
        Writes to us since <Day at={since} />
      </p>
      {others.length > 0 ? (
        <ul className="side-cases small">
          {others.map((kase) => (
            <li key={kase.number}>
              <Link to={`/cases/${kase.number}`} dir="auto">
                {kase.subject}
              </Link>{" "}
              <span className="quiet">
                {kase.state.replaceAll("-", " ")}, <Day at={kase.lastMessageAt} />
              </span>
            </li>
          ))}
        </ul>
      ) : null}
      {more ? <Link to={`/customers/${id}`}>All their cases</Link> : null}
    </section>
  )
}

import { mostRecipients } from "#app/models/mail/recipient-limit.ts"
import type { CasePage } from "./facts.ts"

type Props = Pick<CasePage, "kase" | "drafts" | "participants" | "otherPlace" | "notOffered">

/** Who the reply goes to. Whoever was named by somebody else's mail gets nothing until ticked. */
export function Recipients({ kase, drafts, participants, otherPlace, notOffered }: Props) {
  const requester = participants.find(({ standing }) => standing === "requester")
  const others = participants.filter(({ standing, address }) => {
    return standing !== "requester" && address !== otherPlace?.address
  })
  const known = new Set(participants.map(({ address }) => address))
  const more = (drafts.mine?.cc ?? []).map(({ address }) => address).filter((address) => !known.has(address))
  const to = otherPlace?.isAgreed ? otherPlace : requester
  const isTold = others.length > 0 || more.length > 0 || otherPlace !== null
  return (
    <details className="recipients" open={isTold}>
      <summary className="recipients__head small">
        <span className="quiet">To</span> <bdi>{to ? to.name || to.address : "nobody yet"}</bdi>
        {kase.mailbox ? (
          <span className="quiet">
            {" "}
            from <bdi>{kase.mailbox.address}</bdi>
          </span>
        ) : null}
      </summary>
      <div className="recipients__list small">
        {otherPlace && requester ? <AnswerAt requester={requester} place={otherPlace} /> : null}
        <div className="recipients__others">
          {others.map(({ address, name, standing, ofCase }) => (
            <label key={address} className="recipients__one" dir="auto">
              <input type="checkbox" name="cc" value={address} defaultChecked={standing === "accepted"} />{" "}
              {named({ name, address })}
              {standing === "pending" ? (
                <strong className="recipients__new">
                  {ofCase ? ` from case ${ofCase}` : " new here"}, check before ticking
                </strong>
              ) : null}
            </label>
          ))}
        </div>
        <NotOffered people={notOffered} />
        <label className="recipients__add">
          <span>CC</span>
          <input
            type="text"
            name="cc"
            inputMode="email"
            autoComplete="off"
            defaultValue={more.join(", ")}
            placeholder="more addresses, with commas"
          />
        </label>
      </div>
    </details>
  )
}

/** A case keeps no more people than one mail can go to. */
function NotOffered({ people }: { people: CasePage["notOffered"] }) {
  if (people.length === 0) return null
  return (
    <details>
      <summary>
        {people.length === 1 ? "1 more person" : `${people.length} more people`} in these emails not offered above: one
        reply goes to at most {mostRecipients} addresses. Add whom you need under CC
      </summary>
      <p className="recipients__rest">{people.map(({ address }) => address).join(", ")}</p>
    </details>
  )
}

type Place = NonNullable<CasePage["otherPlace"]>

/** Their mail asks for its answer at another domain: the sender gets it until a person says otherwise. */
function AnswerAt({ requester, place }: { requester: { name: string; address: string }; place: Place }) {
  return (
    <fieldset className="recipients__at">
      <legend>Their mail asks for answers at another domain. Answer</legend>
      <label>
        <input type="radio" name="answerAt" value={requester.address} defaultChecked={!place.isAgreed} />{" "}
        {named(requester)}, who wrote
      </label>
      <label>
        <input type="radio" name="answerAt" value={place.address} defaultChecked={place.isAgreed} /> {named(place)}
        {place.isAgreed ? null : <strong className="recipients__new"> check before choosing</strong>}
      </label>
    </fieldset>
  )
}

const named = ({ name, address }: { name: string; address: string }) =>
  name && name !== address ? `${name} <${address}>` : address

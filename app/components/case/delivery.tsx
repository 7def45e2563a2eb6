import { addressWords, waitingFor } from "#app/models/mail/delivery.ts"
import { Time } from "../time.tsx"
import type { CaseDelivery } from "./facts.ts"
import { reached } from "./reached.ts"

/** How a reply is getting on, in words; what the other server said, when it said no. */
export function Delivery({ delivery }: { delivery: CaseDelivery }) {
  const { state, at, to, isLate, answer: said } = delivery
  const waits = state === "queued" || state === "deferred" ? waitingFor(said) : null
  const isUntilSet = waits !== null && said === addressWords
  const count = reached(to)
  const answers = to.filter(({ answer, state: one }) => answer && one !== "accepted")
  return (
    <div className={`delivery delivery--${state}`}>
      <p className="small">
        {isUntilSet ? "Waits" : waits ? "Waits until" : isLate ? lateWords : words[state]}
        {at && !isUntilSet ? (
          <>
            {" "}
            <Time at={at} />
          </>
        ) : null}
        {waits ? `: ${waits}` : null}
      </p>
      {count ? <p className="small">{count}</p> : null}
      {answers.map(({ address, answer }) => (
        <p className="small" key={address} dir="auto">
          {address}: <q>{answer}</q>
        </p>
      ))}
    </div>
  )
}

const lateWords = "Not delivered for over an hour. Their server is tried again"

const words: Record<CaseDelivery["state"], string> = {
  held: "Leaves in a moment, can still be undone",
  queued: "Waiting to leave",
  sending: "Leaving now",
  sent: "Sent",
  deferred: "Their server asked to wait, tried again at",
  unconfirmed: "Maybe sent: the connection broke at the last moment. Look under Sent mail",
  failed: "Could not be delivered",
  kept: "Kept here, there is no outgoing mail server",
}

import { Form, Link, useLocation } from "@remix-run/react"
import type { Presence, Role } from "#app/models/people/agent.ts"
import { KeySheet } from "./key-sheet.tsx"
import { LoadMeter } from "./load-meter.tsx"
import { awayChoices, hereChoices } from "./people/away-switch.tsx"
import { PostForm } from "./post-form.tsx"
import type { Scheme } from "./scheme.ts"
import { SchemeSwitch } from "./scheme-switch.tsx"
import { Time } from "./time.tsx"
import { dropCopies } from "./words/browser-copy.ts"

export type Me = { id: number; name: string; role: Role; presence: Presence; load: number; limit: number }

/** At the foot of the frame: who I am, what I carry, whether new cases come to me. */
export function FrameMe({ me, scheme }: { me: Me; scheme: Scheme | null }) {
  const { pathname, search } = useLocation()
  return (
    <div className="frame__me">
      <p className="row row--apart">
        <Link className="frame__name" to="/me">
          {me.name}
        </Link>
        <LoadMeter load={me.load} limit={me.limit} />
      </p>
      <p className="small quiet">
        {presenceWords[me.presence.state]}
        {me.presence.until ? (
          <>
            {" "}
            until <Time at={me.presence.until} />
          </>
        ) : null}
      </p>
      <div className="row">
        <Switch me={me} back={pathname + search} />
        <SchemeSwitch scheme={scheme} />
        <KeySheet />
        <Form method="post" action="/sign-out" reloadDocument onSubmit={() => dropCopies(me.id)}>
          <button type="submit" className="button button--quiet button--small">
            Sign out
          </button>
        </Form>
      </div>
    </div>
  )
}

/** One press for what is meant most, and a list of until when. From off duty a person says how long they stay. */
function Switch({ me: { id, presence }, back }: { me: Me; back: string }) {
  const isHere = presence.state === "present"
  return (
    <PostForm action={`/load/${id}/presence`} className="row frame__switch">
      <input type="hidden" name="back" value={back} />
      <input type="hidden" name="state" value={isHere ? "away" : "present"} />
      <button type="submit" className="button button--small" name="until" value="">
        {isHere ? "Set me away" : "I am back"}
      </button>
      {presence.state === "away" ? null : (
        <details className="drop drop--up">
          <summary className="button button--quiet button--small">Until</summary>
          <div className="drop__list">
            {(isHere ? awayChoices.slice(1) : hereChoices).map(({ value, label }) => (
              <button key={value} className="drop__item" type="submit" name="until" value={value}>
                {label}
              </button>
            ))}
            <Link className="drop__item" to={`/load/${id}/presence`}>
              Until a day and time
            </Link>
          </div>
        </details>
      )}
    </PostForm>
  )
}

const presenceWords = { present: "Here, taking cases", away: "Away, no new cases", off: "Off duty" }

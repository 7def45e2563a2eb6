import { Form, Link, useLocation } from "@remix-run/react"
import type { Presence, Role } from "#app/models/people/agent.ts"
import { KeySheet } from "./key-sheet.tsx"
import { LoadMeter } from "./load-meter.tsx"
import type { Scheme } from "./scheme.ts"
import { SchemeSwitch } from "./scheme-switch.tsx"
import { Time } from "./time.tsx"

export type Me = { id: number; name: string; role: Role; presence: Presence; load: number; limit: number }

/** At the foot of the frame: who I am, what I carry, whether new cases come to me. */
export function FrameMe({ me, scheme }: { me: Me; scheme: Scheme | null }) {
  const isHere = me.presence.state === "present"
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
        <Form method="post" action={`/load/${me.id}/presence`}>
          <input type="hidden" name="back" value={pathname + search} />
          <button type="submit" className="button button--small" name="state" value={isHere ? "away" : "present"}>
            {isHere ? "Set me away" : "I am back"}
          </button>
        </Form>
        <SchemeSwitch scheme={scheme} />
        <KeySheet />
        <Form method="post" action="/sign-out" reloadDocument>
          <button type="submit" className="button button--quiet button--small">
            Sign out
          </button>
        </Form>
      </div>
    </div>
  )
}

const presenceWords = { present: "Here, taking cases", away: "Away, no new cases", off: "Off duty" }

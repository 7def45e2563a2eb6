import { useLocation } from "@remix-run/react"
import { retryNow, setRefusal, useConnection } from "./state.ts"
import type { Trouble } from "./trouble.ts"

/** At the top of a page in use: what is wrong with the line to the desk, for as long as it is. */
export function ConnectionBanner() {
  const { trouble, refusal } = useConnection()
  return (
    <div className="banner" role="status">
      {refusal ? (
        <p className="banner__line banner__line--bad">
          <span>{refusal} What you wrote is still here.</span>
          <button className="button button--small" type="button" onClick={() => setRefusal(null)}>
            Hide
          </button>
        </p>
      ) : null}
      {trouble ? <Line trouble={trouble} /> : null}
    </div>
  )
}

function Line({ trouble }: { trouble: Trouble }) {
  const { pathname, search } = useLocation()
  return (
    <p className="banner__line">
      <span>{words[trouble]}</span>
      {trouble === "signed out" ? (
        <a className="button button--small" href={`/sign-in?to=${encodeURIComponent(pathname + search)}`}>
          Sign in
        </a>
      ) : (
        <button className="button button--small" type="button" onClick={retryNow}>
          Try now
        </button>
      )}
    </p>
  )
}

const words: Record<Trouble, string> = {
  away: "The desk cannot be reached. It is tried again by itself; what you wrote stays here.",
  "signed out": "You are signed out. What you wrote is kept: sign in and you are back here.",
  stale: "This page cannot be brought up to date just now. It is tried again by itself; what you wrote stays here.",
}

import { Form, useLocation } from "@remix-run/react"
import { type ReactNode, useEffect } from "react"
import { isAtLeast, type Presence, type Role } from "#app/models/people/agent.ts"
import { caseViews, frameViews, viewPath } from "./case-views.ts"
import { Face } from "./face.tsx"
import { FrameLink } from "./frame-link.tsx"
import { LoadMeter } from "./load-meter.tsx"
import { SchemeSwitch } from "./scheme-switch.tsx"
import { Time } from "./time.tsx"

export type FrameFacts = {
  desk: string
  me: { id: number; name: string; role: Role; presence: Presence; load: number; limit: number }
  counts: { mine: number; unassigned: number; everyone: number; "waiting-on-them": number; snoozed: number }
  frowns: number
  mailboxes: { id: number; name: string }[]
  scheme: "light" | "dark" | null
}

/** Around every page of a signed-in person: where to go, what waits, how much I carry. */
export function Frame({ facts, children }: { facts: FrameFacts; children: ReactNode }) {
  useMenuThatCloses()
  return (
    <div className="frame">
      <a className="skip" href="#main">
        Skip to the page
      </a>
      <header className="frame__top">
        <button className="frame__menu button button--quiet" type="button" {...{ popovertarget: "frame-menu" }}>
          <MenuLines />
          <span>Menu</span>
        </button>
        <search>
          <Form action="/cases" className="frame__search">
            <input type="hidden" name="view" value="all" />
            <input
              type="search"
              name="q"
              id="search"
              aria-label="Search cases"
              placeholder="Search: words, #12, from:dana, rating:frown"
              aria-keyshortcuts="/"
            />
          </Form>
        </search>
      </header>
      <nav className="frame__side" id="frame-menu" aria-label="Desk" {...{ popover: "auto" }}>
        <p className="frame__desk">
          <Face face="happy" size={22} />
          <a href="/">{facts.desk}</a>
        </p>
        <Views {...facts} />
        <Places role={facts.me.role} />
        <Me {...facts} />
      </nav>
      <main className="frame__main" id="main" tabIndex={-1}>
        {children}
      </main>
    </div>
  )
}

function Views({ counts, frowns, mailboxes }: FrameFacts) {
  return (
    <>
      <ul className="frame__list">
        {frameViews.map((view) => (
          <FrameLink key={view} to={viewPath(view)} count={view === "closed" ? 0 : counts[view]}>
            {caseViews[view].name}
          </FrameLink>
        ))}
        <FrameLink to="/frowns" count={frowns}>
          Frowns
        </FrameLink>
      </ul>
      {mailboxes.length > 1 ? (
        <ul className="frame__list" aria-label="Mailboxes">
          {mailboxes.map(({ id, name }) => (
            <FrameLink key={id} to={viewPath("everyone", { mailbox: id })} count={0}>
              {name}
            </FrameLink>
          ))}
        </ul>
      ) : null}
    </>
  )
}

type Place = { to: string; name: string; from: Role }
const places: Place[] = [
  { to: "/load", name: "Load", from: "lead" },
  { to: "/happiness", name: "Happiness", from: "lead" },
  { to: "/customers", name: "Customers", from: "agent" },
  { to: "/mail", name: "Mail", from: "lead" },
  { to: "/sent", name: "Sent mail", from: "lead" },
  { to: "/settings", name: "Settings", from: "admin" },
]

function Places({ role }: { role: Role }) {
  return (
    <ul className="frame__list">
      {places
        .filter(({ from }) => isAtLeast({ role }, from))
        .map(({ to, name }) => (
          <FrameLink key={to} to={to} count={0}>
            {name}
          </FrameLink>
        ))}
    </ul>
  )
}

function Me({ me, scheme }: FrameFacts) {
  const isHere = me.presence.state === "present"
  return (
    <div className="frame__me">
      <p className="row row--apart">
        <strong>{me.name}</strong>
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
          <button type="submit" className="button button--small" name="state" value={isHere ? "away" : "present"}>
            {isHere ? "Go away" : "Come back"}
          </button>
        </Form>
        <SchemeSwitch scheme={scheme} />
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

/** On a phone the list lies over the page: it goes when a person has chosen. */
function useMenuThatCloses() {
  const { key } = useLocation()
  // biome-ignore lint/correctness/useExhaustiveDependencies: each new place closes it
  useEffect(() => {
    const menu = document.getElementById("frame-menu")
    if (menu?.matches(":popover-open")) menu.hidePopover()
  }, [key])
}

const MenuLines = () => (
  <svg width="18" height="18" viewBox="0 0 24 24" aria-hidden="true">
    <path d="M4 7h16M4 12h16M4 17h10" stroke="currentColor" strokeWidth="1.9" strokeLinecap="round" />
  </svg>
)

import { Form, Link, useLocation } from "@remix-run/react"
import PenLine from "lucide-react/icons/pen-line"
import { type ReactNode, useEffect } from "react"
import { isAtLeast, type Role } from "#app/models/people/agent.ts"
import { caseViews, frameViews, viewPath } from "./case-views.ts"
import { ConnectionBanner } from "./connection/banner.tsx"
import { Face } from "./face.tsx"
import { FrameLink } from "./frame-link.tsx"
import { FrameMe, type Me } from "./frame-me.tsx"
import { Icon } from "./icon.tsx"
import { onKey } from "./keys.ts"
import { Live } from "./live.tsx"
import type { Scheme } from "./scheme.ts"
import { type Held, UndoBar } from "./undo-bar.tsx"
import { useKeys } from "./use-keys.ts"
import { WarningBanner } from "./warning-banner.tsx"

export type FrameFacts = {
  desk: string
  me: Me
  counts: { mine: number; unassigned: number; everyone: number; "waiting-on-them": number; snoozed: number }
  frowns: number
  /** Mail whose sender is not sure. */
  heldMail: number
  mailboxes: { id: number; name: string }[]
  held: Held | null
  /** The worst of what is wrong with the desk, for admins; `more`: how much else there is. */
  warning: { line: string; to: string; more: number } | null
  scheme: Scheme | null
}

/** Keeps the words of the search that is shown, to be changed. */
function Search() {
  const { pathname, search } = useLocation()
  const words = (pathname.startsWith("/cases") && new URLSearchParams(search).get("q")) || ""
  return (
    <search>
      <Form action="/cases" className="frame__search">
        <input type="hidden" name="view" value="all" />
        <input type="hidden" name="open" value="1" />
        <input
          key={words}
          type="search"
          name="q"
          id="search"
          dir="auto"
          aria-label="Search cases"
          placeholder="Search: words, #12, from:dana, is:open, rating:frown"
          defaultValue={words}
          {...onKey("/")}
        />
      </Form>
    </search>
  )
}

/** Around every page of a signed-in person: where to go, what waits, how much I carry. */
export function Frame({ facts, children }: { facts: FrameFacts; children: ReactNode }) {
  useMenuThatCloses()
  useKeys()
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
        <Search />
        <Link
          className="frame__write button button--quiet"
          to="/cases/new"
          aria-label="Write to a customer"
          {...onKey("c")}
        >
          <Icon of={PenLine} />
          <span>Write to a customer</span>
        </Link>
      </header>
      <nav className="frame__side" id="frame-menu" aria-label="Desk" {...{ popover: "auto" }}>
        <p className="frame__desk">
          <Face face="happy" size={22} />
          <a href="/" dir="auto">
            {facts.desk}
          </a>
        </p>
        <Views {...facts} />
        <Places role={facts.me.role} heldMail={facts.heldMail} />
        <FrameMe me={facts.me} scheme={facts.scheme} />
      </nav>
      <main className="frame__main" id="main" tabIndex={-1}>
        <ConnectionBanner />
        {facts.warning ? <WarningBanner warning={facts.warning} /> : null}
        {children}
      </main>
      <Live />
      {facts.held ? <UndoBar key={facts.held.mailId} held={facts.held} /> : null}
    </div>
  )
}

function Views({ counts, frowns, mailboxes }: FrameFacts) {
  return (
    <>
      <ul className="frame__list">
        {frameViews.map((view) => (
          <FrameLink
            key={view}
            to={viewPath(view)}
            count={view === "closed" ? 0 : counts[view]}
            hotkey={viewKeys[view]}
          >
            {caseViews[view].name}
          </FrameLink>
        ))}
        <FrameLink to="/frowns" count={frowns} hotkey="g f">
          Frowns
        </FrameLink>
      </ul>
      {mailboxes.length > 1 ? (
        <ul className="frame__list" aria-label="Mailboxes">
          {mailboxes.map(({ id, name }) => (
            <FrameLink key={id} to={viewPath("everyone", { mailbox: id })} count={0} hotkey={null}>
              {name}
            </FrameLink>
          ))}
        </ul>
      ) : null}
    </>
  )
}

const viewKeys = {
  mine: "g m",
  unassigned: "g u",
  everyone: "g e",
  "waiting-on-them": "g w",
  snoozed: "g s",
  closed: "g c",
}

type Place = { to: string; name: string; from: Role; hotkey: string | null }
const places: Place[] = [
  { to: "/load", name: "Load", from: "lead", hotkey: "g l" },
  { to: "/happiness", name: "Happiness", from: "lead", hotkey: "g h" },
  { to: "/customers", name: "Customers", from: "agent", hotkey: "g p" },
  { to: "/trays/held", name: "Held mail", from: "agent", hotkey: null },
  { to: "/mail", name: "Mail", from: "lead", hotkey: null },
  { to: "/sent", name: "Sent mail", from: "agent", hotkey: null },
  { to: "/settings", name: "Settings", from: "admin", hotkey: null },
]

function Places({ role, heldMail }: { role: Role; heldMail: number }) {
  return (
    <ul className="frame__list">
      {places
        .filter(({ from }) => isAtLeast({ role }, from))
        .map(({ to, name, hotkey }) => (
          <FrameLink key={to} to={to} count={to === "/trays/held" ? heldMail : 0} hotkey={hotkey}>
            {name}
          </FrameLink>
        ))}
    </ul>
  )
}

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

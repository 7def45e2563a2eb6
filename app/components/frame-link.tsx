import { Link, useLocation } from "@remix-run/react"
import type { ReactNode } from "react"
import { onKey } from "./keys.ts"

type Props = { to: string; count: number; hotkey: string | null; children: ReactNode }

/** A place in the frame, with how many wait there; nothing waiting says nothing. */
export function FrameLink({ to, count, hotkey, children }: Props) {
  const here = useLocation()
  return (
    <li>
      <Link to={to} aria-current={isCurrent(to, here) ? "page" : undefined} {...(hotkey ? onKey(hotkey) : {})}>
        <span dir="auto">{children}</span>
        {count > 0 ? <span className="frame__count">{count > 999 ? "999+" : count}</span> : null}
      </Link>
    </li>
  )
}

/** A view of cases is known by its query, any other place by the beginning of its path. */
export function isCurrent(to: string, here: { pathname: string; search: string }) {
  const there = new URL(to, "http://desk")
  if (!there.search) return here.pathname === there.pathname || here.pathname.startsWith(`${there.pathname}/`)
  if (here.pathname !== there.pathname) return false
  const query = new URLSearchParams(here.search)
  const isSame = (key: string, usual: string | null) =>
    (query.get(key) ?? usual) === (there.searchParams.get(key) ?? usual)
  return isSame("view", "mine") && ["mailbox", "agent", "customer", "q"].every((key) => isSame(key, null))
}

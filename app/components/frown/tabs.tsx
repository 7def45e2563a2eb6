import { Link } from "@remix-run/react"

export const tabs = {
  open: "Open",
  mine: "Mine",
  due: "Due today",
  flipped: "Flipped",
  closed: "Closed",
} as const
export type Tab = keyof typeof tabs
export const isTab = (text: unknown): text is Tab => typeof text === "string" && Object.hasOwn(tabs, text)

type Counts = { open: number; mine: number; due: number }

/** The queue's lists, and the cause book beside them. */
export function FrownTabs({ current, counts }: { current: Tab | "causes"; counts: Counts }) {
  const numbers: Partial<Record<string, number>> = counts
  return (
    <nav className="tabs" aria-label="Frowns">
      {Object.entries(tabs).map(([tab, name]) => (
        <Link
          key={tab}
          to={tab === "open" ? "/frowns" : `/frowns?list=${tab}`}
          aria-current={tab === current ? "page" : undefined}
        >
          {name} {numbers[tab] ? <span className="small quiet">{numbers[tab]}</span> : null}
        </Link>
      ))}
      <Link to="/frowns/causes" aria-current={current === "causes" ? "page" : undefined}>
        Causes
      </Link>
    </nav>
  )
}

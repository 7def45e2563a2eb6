import { Link } from "@remix-run/react"

/** What is wrong with the desk, above every page of who can mend it. */
export function WarningBanner({
  warning: { line, to, more },
}: {
  warning: { line: string; to: string; more: number }
}) {
  return (
    <p className="warning-line" role="status">
      <Link to={to}>{line}</Link>
      {more > 0 ? <Link to="/settings/warnings">and {more} more</Link> : null}
    </p>
  )
}

import { Link } from "@remix-run/react"
import { type ReactNode, useId } from "react"

/**
 * A number that opens the cases it counts, and says what it means when pointed at or focused. `to` is null where this
 * viewer may not see the cases.
 */
export function Counted({ to, means, children }: { to: string | null; means: string; children: ReactNode }) {
  const id = useId()
  return (
    <span className="counted">
      {to === null ? (
        <abbr className="counted__mark" title={means}>
          {children}
        </abbr>
      ) : (
        <Link className="counted__mark" to={to} aria-describedby={id}>
          {children}
        </Link>
      )}
      <span className="counted__means" role="tooltip" id={id}>
        {means}
      </span>
    </span>
  )
}

/** A term with its definition, where there is nothing to open. */
export function Term({ means, children }: { means: string; children: ReactNode }) {
  return (
    <Counted to={null} means={means}>
      {children}
    </Counted>
  )
}

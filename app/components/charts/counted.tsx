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
        // A button, so that a key and a finger reach it as a mouse does; there is nothing to press.
        <button className="counted__mark counted__mark--term" type="button" aria-describedby={id}>
          {children}
        </button>
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

/** A number in a table whose column already says what it means. */
export function Opens({ to, children }: { to: string | null; children: ReactNode }) {
  if (to === null) return <>{children}</>
  return (
    <Link className="counted__mark" to={to}>
      {children}
    </Link>
  )
}

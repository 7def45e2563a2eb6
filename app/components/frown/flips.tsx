import { Link } from "@remix-run/react"
import { Face } from "../face.tsx"

type Flip = { id: number; customer: string | null; author: string }

/** The people who frowned and are happy now, as a quiet strip of faces. */
export function Flips({ flips }: { flips: readonly Flip[] }) {
  if (flips.length === 0) return null
  return (
    <section className="flips" aria-labelledby="flips-title">
      <h2 id="flips-title" className="small quiet">
        They frowned, and are happy now
      </h2>
      <ul>
        {flips.map(({ id, customer, author }) => (
          <li key={id}>
            <Link to={`/frowns/${id}`} title={`${customer || "A customer"}, after ${author}'s reply`}>
              <Face face="happy" size={28} />
              <span className="spoken">{customer || "A customer"}</span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  )
}

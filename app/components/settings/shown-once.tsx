import type { ReactNode } from "react"

/** A secret that is on this page and never again; a click selects all of it. */
export function ShownOnce({ secret, children }: { secret: string; children: ReactNode }) {
  return (
    <div className="notice notice--good stack stack--tight" role="status">
      <p>{children}</p>
      <input readOnly value={secret} aria-label="Copy this" onFocus={(event) => event.currentTarget.select()} />
    </div>
  )
}

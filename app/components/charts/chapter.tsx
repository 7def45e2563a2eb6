import { type ReactNode, useId } from "react"

/** A part of the report: what it is about in the margin, what there is to see beside it. */
export function Chapter({ title, says, children }: { title: string; says: ReactNode; children: ReactNode }) {
  const id = useId()
  return (
    <section className="chapter" aria-labelledby={id}>
      <header className="chapter__margin">
        <h2 id={id}>{title}</h2>
        <div className="chapter__says">{says}</div>
      </header>
      <div className="chapter__body">{children}</div>
    </section>
  )
}

/** The same figures as a table, for whoever would rather read than look. */
export function AsTable({ children }: { children: ReactNode }) {
  return (
    <details className="as-table">
      <summary>Show as table</summary>
      <div className="table-frame">{children}</div>
    </details>
  )
}

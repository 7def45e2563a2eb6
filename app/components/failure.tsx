import { isRouteErrorResponse } from "@remix-run/react"
import { Face } from "./face.tsx"

/** The one error page: what happened, and what to do next. */
export function Failure({ error }: { error: unknown }) {
  const { title, next } = words(error)
  return (
    <div className="empty">
      <Face face="ok" size={96} />
      <h1>{title}</h1>
      <p>{next}</p>
      <p>
        <a href="/">To my cases</a>
      </p>
    </div>
  )
}

export function words(error: unknown): { title: string; next: string } {
  if (!isRouteErrorResponse(error))
    return {
      title: "Something went wrong on our side",
      next: "Nothing you wrote before is lost. Load the page again; if it stays like this, tell whoever runs this desk the time it happened.",
    }
  const said =
    typeof error.data === "string" && error.data.includes(" ") && !error.data.startsWith("Error:") ? error.data : null
  if (error.status === 404)
    return {
      title: "Nothing is here",
      next:
        said ??
        "The address may be mistyped, or it belongs to a mailbox you do not answer. Search finds cases by number or words.",
    }
  if (error.status === 403)
    return { title: "This is not yours to open", next: said ?? "A lead or an admin of the desk can." }
  if (error.status < 500)
    return { title: "That did not work", next: said ?? "Go back, load the page again and try once more." }
  return { title: "The desk cannot answer just now", next: said ?? "Load the page again in a moment." }
}

import type { Understanding } from "#app/models/cases/search-cases.server.ts"
import { keys } from "#app/models/cases/search-condition.ts"

/** What a search did not understand, what can be asked, and whether everything has been read yet. */
export function SearchUnderstood({ understood, ignored, unread }: Understanding) {
  return (
    <div className="search-understood small">
      {understood.length > 1 || ignored.length > 0 ? (
        <p className="quiet">
          Searched for{" "}
          {understood.length > 0
            ? understood.map((text, at) => (
                <span key={text}>
                  {at > 0 ? " and " : null}
                  <code>{text}</code>
                </span>
              ))
            : "nothing"}
          .
        </p>
      ) : null}
      {ignored.length > 0 ? (
        <ul className="search-understood__ignored">
          {ignored.map(({ text, because }) => (
            <li key={text}>
              Not understood: <code>{text}</code>. {because}.
            </li>
          ))}
        </ul>
      ) : null}
      <details>
        <summary>What can be searched for</summary>
        <p>
          Words and their beginnings, <code>"phrases"</code>, <code>-word</code> for what is not in it, <code>#12</code>{" "}
          for a case, and{" "}
          {keys.map((key) => (
            <code key={key}>{key} </code>
          ))}
        </p>
      </details>
      {unread > 0 ? (
        <p role="status">
          {unread >= 10_000 ? "More than 10,000" : unread} cases are still being read into the search. What is missing
          here may be in those.
        </p>
      ) : null}
    </div>
  )
}

import { Link } from "@remix-run/react"
import { PostForm } from "../post-form.tsx"
import type { CasePage } from "./facts.ts"

/** What one was writing in a case that was merged into this one: it goes on here. */
export function WordsElsewhere({ drafts }: Pick<CasePage, "drafts">) {
  return (
    <>
      {drafts.elsewhere.map(({ caseNumber, beginning, isNote }) => (
        <div className="notice" key={`${caseNumber} ${isNote}`}>
          <p>
            {isNote ? "A note" : "A reply"} you were writing in #{caseNumber}, which was merged into this case:
          </p>
          <p className="words-elsewhere quiet" dir="auto">
            {beginning}
          </p>
          {isNote ? (
            <p>
              <Link to={`/cases/${caseNumber}#write`}>Go on with it</Link>
            </p>
          ) : (
            <PostForm action={`/cases/${caseNumber}/continuation`}>
              <button className="button" type="submit">
                Go on with it here
              </button>
            </PostForm>
          )}
        </div>
      ))}
    </>
  )
}

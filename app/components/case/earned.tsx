import { teamWords } from "#app/models/ratings/face.ts"
import { FaceWord } from "../face.tsx"
import { WritingForm } from "../post-form.tsx"
import { Time } from "../time.tsx"
import { useRootFrame } from "../use-root.ts"
import { VoidWords } from "../void.tsx"
import type { CaseRating } from "./facts.ts"

/** The face a reply earned: what it was at first when that changed, and the customer's own words. */
export function Earned({ rating }: { rating: CaseRating }) {
  const { first, standing, at, settled, comment, voiding } = rating
  const mayVoid = useRootFrame()?.me.role !== "agent"
  return (
    <div className={voiding ? "earned earned--void" : "earned"}>
      <p className="row">
        <FaceWord face={standing} size={24} />
        {first === standing ? null : <span className="quiet">{teamWords[first]} at first</span>}
        <span className="quiet small">
          {settled ? "" : "just in, can still change · "}
          <Time at={at} />
        </span>
      </p>
      {voiding ? (
        <p className="quiet small" dir="auto">
          <VoidWords voiding={voiding} />
        </p>
      ) : null}
      {comment ? (
        <blockquote className="earned__words" dir="auto">
          {comment}
        </blockquote>
      ) : null}
      {settled && !voiding && mayVoid ? <Void requestId={rating.requestId} /> : null}
    </div>
  )
}

/** For a slip the customer told of, or abuse. The rating stays to be seen, and counts in no figure. */
function Void({ requestId }: { requestId: number }) {
  return (
    <details className="small">
      <summary className="quiet">Void it</summary>
      <WritingForm action="void" id={`void-${requestId}`} className="row">
        <input type="hidden" name="request" value={requestId} />
        <label>
          Why, for everybody to read <input name="because" dir="auto" required maxLength={200} />
        </label>
        <button className="button button--small" type="submit">
          Void this rating
        </button>
      </WritingForm>
    </details>
  )
}

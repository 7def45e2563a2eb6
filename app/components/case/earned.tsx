import { teamWords } from "#app/models/ratings/face.ts"
import { FaceWord } from "../face.tsx"
import { Time } from "../time.tsx"
import type { CaseRating } from "./facts.ts"

/** The face a reply earned: what it was at first when that changed, and the customer's own words. */
export function Earned({ rating }: { rating: CaseRating }) {
  const { first, standing, at, settled, comment, voided } = rating
  return (
    <div className="earned">
      <p className="row">
        <FaceWord face={standing} size={24} />
        {first === standing ? null : <span className="quiet">{teamWords[first]} at first</span>}
        <span className="quiet small">
          {voided ? "void, not counted · " : settled ? "" : "just in, can still change · "}
          <Time at={at} />
        </span>
      </p>
      {comment ? <blockquote className="earned__words">{comment}</blockquote> : null}
    </div>
  )
}

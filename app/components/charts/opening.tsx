import type { Behind } from "#app/models/happiness/behind.ts"
import type { Overview } from "#app/models/happiness/overview.server.ts"
import { enough, grouped, many, totalOf } from "#app/models/happiness/percent.ts"
import { Counted } from "./counted.tsx"
import { means } from "./definitions.ts"
import { Sentence } from "./sentence.tsx"
import { ZoneNote } from "./zone-note.tsx"

type PathOf = (about: Partial<Behind>) => string | null

/** The one loud thing on the page, and beneath it what it rests on. */
export function Opening({ page, pathOf }: { page: Overview; pathOf: PathOf }) {
  const { sentence, last, response, timeZone } = page
  const rated = totalOf(last)
  return (
    <div className="opening">
      <ZoneNote zones={page} />
      <Sentence pieces={sentence.pieces} pathOf={pathOf} />
      <p className="opening__rests">
        <Counted to={rated > 0 ? pathOf({}) : null} means={means.rated}>
          {rated === 0 ? "No ratings" : `${grouped(rated)} ${rated === 1 ? "rating" : "ratings"}`}
        </Counted>
        {last.asked === 0 ? null : (
          <>
            {response === null ? "" : `, ${Math.round(response * 100)}%`} of{" "}
            <Counted to={pathOf({ show: "asked" })} means={means.asked}>
              {grouped(last.asked)} asked
            </Counted>
          </>
        )}
        . Counted by the day the reply was sent, {timeZone} time.
        {rated === 0 ? " Every reply asks the customer one question; what they press shows here minutes later." : null}
        {rated > 0 && rated < enough ? " Too few for percentages." : null}
        {rated >= enough && rated < many ? " Few ratings: read the intervals." : null}
      </p>
    </div>
  )
}

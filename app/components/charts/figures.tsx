import type { Comparison } from "#app/models/happiness/compare.ts"
import type { Interval } from "#app/models/happiness/interval.ts"
import { grouped } from "#app/models/happiness/percent.ts"
import type { Face } from "#app/models/ratings/face.ts"
import { FaceWord } from "../face.tsx"
import { Counted, Term } from "./counted.tsx"
import { faceNames, means } from "./definitions.ts"

export type FaceFigure = {
  face: Face
  count: number
  share: string | null
  interval: Interval | null
  path: string | null
}

/** The three faces with their counts and what chance leaves open. */
export function Figures({ faces }: { faces: FaceFigure[] }) {
  const hasShares = faces.some(({ share }) => share !== null)
  return (
    <table className="table figures">
      <thead>
        <tr>
          <th scope="col">
            <span className="spoken">Face</span>
          </th>
          <th scope="col" className="number">
            Ratings
          </th>
          {hasShares ? (
            <>
              <th scope="col" className="number">
                <Term means={means.share}>Share</Term>
              </th>
              <th scope="col" className="number">
                <Term means={means.interval}>95% between</Term>
              </th>
            </>
          ) : null}
        </tr>
      </thead>
      <tbody>
        {faces.map(({ face, count, share, interval, path }) => (
          <tr key={face}>
            <th scope="row">
              <FaceWord face={face}>{faceNames[face]}</FaceWord>
            </th>
            <td className="number">
              <Counted to={path} means={means.face(face)}>
                {grouped(count)}
              </Counted>
            </td>
            {hasShares ? (
              <>
                <td className={`number figures__share figures__share--${face}`}>{share}</td>
                <td className="number">{interval ? between(interval) : ""}</td>
              </>
            ) : null}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** What has changed against another period, face by face, and whether chance could have done it. */
export function Compared({ comparison: { against, when, faces, together } }: { comparison: Comparison }) {
  return (
    <div className="compared">
      <table className="table">
        <caption>
          Against <a href={`/happiness/${against.name}`}>{when}</a>
        </caption>
        <tbody>
          {faces.map(({ face, was, is, words, verdict, clear }) => (
            <tr key={face}>
              <th scope="row">{faceNames[face]}</th>
              <td className="number">
                {was} → {is}
              </td>
              <td>
                <Term means={means.change}>{words}</Term>
              </td>
              <td className={clear ? "compared__clear" : "quiet"}>{verdict}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {together ? (
        <p className="quiet small">Were nothing different, chance would show this much {together} (all three faces).</p>
      ) : null}
    </div>
  )
}

/** "88.6 to 91.2" */
export const between = ([low, high]: Interval) => `${(low * 100).toFixed(1)} to ${(high * 100).toFixed(1)}`

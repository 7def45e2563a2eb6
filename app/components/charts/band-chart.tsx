import type { BandColumn } from "#app/models/happiness/band-drawing.ts"
import { grouped } from "#app/models/happiness/percent.ts"
import type { Face } from "#app/models/ratings/face.ts"
import { BandTable } from "./band-table.tsx"
import { faceNames } from "./definitions.ts"

type Band = { columns: BandColumn[]; usual: { share: number; y: number } | null }
export type PathOf = (about: { from: string; to: string; face: Face | null }) => string | null

const percent = (number: number) => `${number.toFixed(3)}%`

/** Shares by month with happy at the foot, and beneath them the frowns alone, large enough to be read. */
export function BandChart({ band, pathOf }: { band: Band; pathOf: PathOf }) {
  return (
    <figure className="band">
      <div className="gutter" aria-hidden="true">
        <span className="gutter__frown">Frown</span>
        <span className="gutter__ok">OK</span>
        <span className="gutter__happy">Happy</span>
      </div>
      <svg className="drawing band__shares" aria-hidden="true">
        <Hatch />
        {band.columns.map((column) => (
          <Shares key={column.period.name} column={column} pathOf={pathOf} />
        ))}
      </svg>
      <div className="gutter gutter--alone" aria-hidden="true">
        <span className="gutter__frown">Frowns alone</span>
      </div>
      <svg className="drawing band__alone" aria-hidden="true">
        {band.columns.map((column) => (
          <FrownAlone key={column.period.name} column={column} pathOf={pathOf} />
        ))}
        {band.usual ? (
          <line className="band__usual" x1="0" x2="100%" y1={percent(band.usual.y)} y2={percent(band.usual.y)} />
        ) : null}
        {band.columns.map((column) => (
          <FrownShare key={column.period.name} column={column} />
        ))}
      </svg>
      <Under columns={band.columns} />
      <BandTable columns={band.columns} pathOf={pathOf} />
    </figure>
  )
}

type Column = { column: BandColumn; pathOf: PathOf }

function Shares({ column: { x, width, centre, labelled, period, rated, words, marks, settling }, pathOf }: Column) {
  const across = { x: percent(x), width: percent(width) }
  const top = marks.find(({ face }) => face === "happy")
  return (
    <g className={settling ? "band__column band__column--settling" : "band__column"}>
      {marks.map(({ face, y, height, count }) => (
        <a key={face} href={pathOf({ ...period, face }) ?? undefined} tabIndex={-1}>
          <title>{`${period.label}: ${grouped(count)} ${faceNames[face]} of ${grouped(rated)}`}</title>
          <rect className={`band__${face}`} {...across} y={percent(y)} height={percent(height)} />
        </a>
      ))}
      {settling && rated > 0 ? (
        <rect className="band__hatch" {...across} y="10%" height="90%" fill="url(#settling)" />
      ) : null}
      {top && words ? (
        <line className="band__edge" x1={percent(x)} x2={percent(x + width)} y1={percent(top.y)} y2={percent(top.y)} />
      ) : null}
      {labelled && words ? (
        <text className="figure figure--happy figure--bare" x={percent(centre)} y={percent(top?.y ?? 90)} dy="1.35em">
          {words.happy}
        </text>
      ) : null}
    </g>
  )
}

function FrownAlone({ column: { x, width, period, rated, frown }, pathOf }: Column) {
  if (!frown) return null
  return (
    <a href={pathOf({ ...period, face: "frown" }) ?? undefined} tabIndex={-1}>
      <title>
        {`${period.label}: ${grouped(period.frown)} frowns of ${grouped(rated)}, ${frown.words}%`}
        {frown.beyondChance ? ", more or fewer than chance explains" : ""}
      </title>
      <rect
        className="band__frown"
        x={percent(x)}
        width={percent(width)}
        y={percent(frown.y)}
        height={percent(frown.height)}
      />
    </a>
  )
}

/** Above the columns and the usual line, so that neither runs through a number. */
function FrownShare({ column: { centre, labelled, frown } }: Pick<Column, "column">) {
  if (!frown || !(labelled || frown.beyondChance)) return null
  const name = frown.beyondChance ? "figure figure--frown figure--beyond" : "figure figure--frown"
  return (
    <text className={name} x={percent(centre)} y={percent(frown.y)} dy="-0.35em">
      {frown.words}
    </text>
  )
}

/** The months themselves, each opening its own page. */
function Under({ columns }: { columns: BandColumn[] }) {
  return (
    <nav aria-label="Open one of these">
      <svg className="drawing drawing--under">
        <title>Open one of these</title>
        {columns
          .filter(({ labelled }) => labelled)
          .map(({ centre, period }) => (
            <a key={period.name} href={`/happiness/${period.name}`} aria-label={period.label}>
              <text x={percent(centre)} y="1em">
                {period.short}
              </text>
              {period.isUnderWay ? <SoFar x={percent(centre)} /> : null}
            </a>
          ))}
      </svg>
    </nav>
  )
}

/** Under the name of a stretch that is not over. */
export const SoFar = ({ x }: { x: string }) => (
  <text className="drawing__so-far" x={x} y="2.1em">
    so far
  </text>
)

function Hatch() {
  return (
    <defs>
      <pattern id="settling" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <line className="band__hatching" x1="0" x2="0" y1="0" y2="6" />
      </pattern>
    </defs>
  )
}

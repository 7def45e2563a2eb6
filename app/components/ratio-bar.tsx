import { type Face, faces } from "#app/models/ratings/face.ts"

type Counts = { [F in Face]: number }
const gap = 0.6

/** Happy, OK and frown as shares of one band. The numbers stand beside it as text; this is their picture. */
export function RatioBar({ happy, ok, frown, height = 10 }: Counts & { height?: number }) {
  const parts = bandParts({ happy, ok, frown })
  return (
    <svg
      className="ratio-bar"
      viewBox={`0 0 100 ${height}`}
      height={height}
      preserveAspectRatio="none"
      role="img"
      aria-label={`${happy} happy, ${ok} OK, ${frown} frown`}
    >
      {parts.map(({ face, x, width }) => (
        <rect key={face} className={`ratio-bar__${face}`} x={x} y="0" width={width} height={height} />
      ))}
    </svg>
  )
}

/** Where each face's part begins and how wide it is, out of 100, with a gap between neighbours; empty parts are left out. */
export function bandParts(counts: Counts) {
  const shown = faces.filter((face) => counts[face] > 0)
  const total = shown.reduce((sum, face) => sum + counts[face], 0)
  const room = 100 - gap * Math.max(0, shown.length - 1)
  const wide = (face: Face) => (counts[face] / total) * room
  return shown.map((face, place) => ({
    face,
    x: shown.slice(0, place).reduce((sum, earlier) => sum + wide(earlier) + gap, 0),
    width: wide(face),
  }))
}

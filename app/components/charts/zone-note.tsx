type Zones = { timeZone: string; nextTimeZone: string | null }

/** After a change of the desk's zone the figures stand under the old one until those of the new are there. */
export function ZoneNote({ zones: { timeZone, nextTimeZone } }: { zones: Zones }) {
  if (nextTimeZone === null) return null
  return (
    <p className="notice" role="status">
      The desk keeps {nextTimeZone} time now. These figures still stand under the days of {timeZone}; they are being
      counted anew and will change here in a moment.
    </p>
  )
}

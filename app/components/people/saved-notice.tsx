const words: Record<string, string> = {
  hours: "The hours are saved",
  away: "Added",
  "away-joined": "Added. It overlaps with another time away: both together count once",
  removed: "Removed",
  known: "Those days are holidays already",
  presence: "Set",
}

/** What a press on another page's form led to. */
export function SavedNotice({ saved }: { saved: string | null }) {
  const said = saved === null ? undefined : words[saved]
  if (!said) return null
  return (
    <p className="notice notice--good" role="status">
      {said}
    </p>
  )
}

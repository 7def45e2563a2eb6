/** How much somebody carries of what they take: a number first, a bar beside it, a word when it is too much. */
export function LoadMeter({ load, limit }: { load: number; limit: number }) {
  const full = load >= limit
  return (
    <span className={full ? "load-meter load-meter--full" : "load-meter"}>
      <svg viewBox="0 0 100 6" width="100" height="6" preserveAspectRatio="none" aria-hidden="true">
        <rect className="load-meter__limit" width="100" height="6" rx="3" />
        <rect className="load-meter__load" width={Math.min(100, (load / limit) * 100)} height="6" rx="3" />
      </svg>
      <span>
        {load} of {limit}
        {load > limit ? ", over" : full ? ", full" : ""}
      </span>
    </span>
  )
}

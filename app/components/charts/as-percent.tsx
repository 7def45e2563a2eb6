import { Opens } from "./counted.tsx"

/** A share as a whole percent that opens its cases; a dash where there is nothing to have a share of. */
export function AsPercent({ share, to }: { share: number | null; to: string | null }) {
  if (share === null) return <>–</>
  const shown = share > 0 && share < 0.005 ? "<1%" : `${Math.round(share * 100)}%`
  return <Opens to={share === 0 ? null : to}>{shown}</Opens>
}

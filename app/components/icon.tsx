import type { LucideIcon } from "lucide-react/types"

/** An icon beside words that say the same. Import the drawing by its deep path: `lucide-react/icons/inbox`. */
export function Icon({ of: Drawing, size = 16 }: { of: LucideIcon; size?: number }) {
  return <Drawing className="icon" size={size} strokeWidth={1.75} aria-hidden="true" />
}

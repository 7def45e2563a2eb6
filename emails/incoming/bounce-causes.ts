import { addressCauses } from "./bounce-causes-address.ts"
import { refusalCauses } from "./bounce-causes-refusal.ts"
import { wayCauses } from "./bounce-causes-way.ts"

/** What servers say about one cause; its RFC 3463 status without the class, for notices that give none. */
export type CauseWords = { reason: string; status: string; isSoft?: true; phrases: readonly string[] }

/**
 * Read from top to bottom, so the more telling cause stands above: "rejected: user unknown" is about the user, and
 * "user over quota" about the quota.
 */
export const causes: readonly CauseWords[] = [...refusalCauses, ...addressCauses, ...wayCauses]

import type { SerializeFrom } from "@remix-run/node"
import type { casePage } from "#app/case-page.server.ts"

/** What the case page is made of, as it reaches the browser. */
export type CasePage = SerializeFrom<NonNullable<Awaited<ReturnType<typeof casePage>>>>
export type CaseMessage = CasePage["messages"][number]
export type CaseNote = CasePage["notes"][number]
export type CaseEvent = CasePage["events"][number]
export type CaseAssignment = CasePage["assignments"][number]
export type CaseDelivery = NonNullable<CaseMessage["delivery"]>
export type CaseRating = NonNullable<CaseMessage["rating"]>
export type CaseCustomer = NonNullable<CasePage["customer"]>

/** The ways a program may read a list of cases: by a field, or with a minus by the same from its end. */
export const caseOrders = ["number", "-number", "openedAt", "-openedAt", "lastMessageAt", "-lastMessageAt"] as const
export type CaseOrder = (typeof caseOrders)[number]

const fields = ["number", "openedAt", "lastMessageAt"] as const

export const readOrder = (order: CaseOrder) => ({
  field: fields.find((field) => order.endsWith(field)) ?? "number",
  end: order.startsWith("-") ? ("down" as const) : ("up" as const),
})

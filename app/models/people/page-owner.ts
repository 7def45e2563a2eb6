/** A page says in its id whom it was drawn for, and with it does every form that stands on it. 0: for nobody signed in. */
export const pageIdFor = (agentId: number | null, unique: string) => `${agentId ?? 0}.${unique}`

/** Whether a form stands on a page of somebody who was signed in in this browser before: their words are not this person's. */
export function isOnOthersPage(opId: unknown, agentId: number): boolean {
  const [, owner] = /^(\d{1,15})\./.exec(typeof opId === "string" ? opId : "") ?? []
  return owner !== undefined && owner !== "0" && Number(owner) !== agentId
}

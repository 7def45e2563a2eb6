/** A press that was answered: where it was sent, under which id, and whether the desk has what was typed. */
export type PressEnd = { path: string; opId: string | null; isTaken: boolean }

const listeners = new Set<(end: PressEnd) => void>()

export const tellPressEnd = (end: PressEnd) => {
  for (const hear of listeners) hear(end)
}

export function onPressEnd(hear: (end: PressEnd) => void) {
  listeners.add(hear)
  return () => void listeners.delete(hear)
}

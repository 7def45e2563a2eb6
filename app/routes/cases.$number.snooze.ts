import type { ActionFunctionArgs } from "@remix-run/node"
import { afterPress } from "#app/case-press.server.ts"
import { snoozeCase, wakeCase } from "#app/models/cases/case.server.ts"
import { snoozeFrom } from "#app/models/cases/snooze.ts"

/** Until a time; an empty one wakes it now. */
export const action = (press: ActionFunctionArgs) =>
  afterPress(press, async (viewer, number, form, now) => {
    const until = String(form.get("snoozeUntil") ?? "")
    if (until === "") return wakeCase(viewer, number, now)
    const at = snoozeFrom(until, now)
    return at === null ? "pick-a-time" : snoozeCase(viewer, number, at, now)
  })

import type { ActionFunctionArgs } from "@remix-run/node"
import { afterPress } from "#app/case-press.server.ts"
import { idFrom, textOf } from "#app/form.ts"
import { handOver, takeCase } from "#app/models/sharing/hand-over.server.ts"

/** From the pool, or over from somebody: then only while they still have it. */
export const action = (press: ActionFunctionArgs) =>
  afterPress(press, (viewer, number, form, now) => {
    const from = idFrom(textOf(form, "expected"))
    return from === null ? takeCase(viewer, number, now) : handOver(viewer, number, viewer.id, from, now)
  })

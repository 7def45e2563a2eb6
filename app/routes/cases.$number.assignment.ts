import type { ActionFunctionArgs } from "@remix-run/node"
import { afterPress } from "#app/case-press.server.ts"
import { idFrom, textOf } from "#app/form.ts"
import { handOver } from "#app/models/sharing/hand-over.server.ts"

/** To a named person, or to nobody; only while whoever was on the page still has it. */
export const action = (press: ActionFunctionArgs) =>
  afterPress(press, (viewer, number, form, now) => {
    const [to, expected] = [idFrom(textOf(form, "agent")), idFrom(textOf(form, "expected"))]
    return handOver(viewer, number, to, expected, now)
  })

import type { ActionFunctionArgs } from "@remix-run/node"
import { afterPress } from "#app/case-press.server.ts"
import { markSpam, unmarkSpam } from "#app/models/cases/case.server.ts"

export const action = (press: ActionFunctionArgs) =>
  afterPress(press, (viewer, number, form, now) =>
    form.get("spam") === "no" ? unmarkSpam(viewer, number, now) : markSpam(viewer, number, now),
  )

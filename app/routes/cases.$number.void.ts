import type { ActionFunctionArgs } from "@remix-run/node"
import { afterPress } from "#app/case-press.server.ts"
import { idFrom, textOf } from "#app/form.ts"
import { voidRating } from "#app/models/ratings/rating.server.ts"

/** Takes a rating of this case out of every figure; a lead's act, with a reason. */
export const action = (press: ActionFunctionArgs) =>
  afterPress(press, (viewer, _number, form, now) =>
    voidRating(viewer, idFrom(textOf(form, "request")) ?? 0, textOf(form, "because"), now),
  )

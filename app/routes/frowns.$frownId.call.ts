import type { ActionFunctionArgs } from "@remix-run/node"
import { textOf } from "#app/form.ts"
import { afterFrownPress } from "#app/frown-press.server.ts"
import { logCall } from "#app/models/frowns/frown.server.ts"

export const action = (press: ActionFunctionArgs) =>
  afterFrownPress(press, (viewer, id, form, now) => {
    const told = form.get("told") === "happier" ? "happier" : "nothing"
    return logCall(viewer, id, { words: textOf(form, "words"), told, again: form.has("again") }, now)
  })

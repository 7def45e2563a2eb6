import type { ActionFunctionArgs } from "@remix-run/node"
import { afterFrownPress } from "#app/frown-press.server.ts"
import { logCall } from "#app/models/frowns/frown.server.ts"

export const action = (press: ActionFunctionArgs) =>
  afterFrownPress(press, (viewer, id, form, now) => {
    const told = form.get("told") === "happier" ? "happier" : "nothing"
    return logCall(viewer, id, { words: String(form.get("words") ?? ""), told }, now)
  })

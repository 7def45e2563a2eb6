import type { ActionFunctionArgs } from "@remix-run/node"
import { afterFrownPress } from "#app/frown-press.server.ts"
import { setCause } from "#app/models/frowns/frown.server.ts"

export const action = (press: ActionFunctionArgs) =>
  afterFrownPress(press, (viewer, id, form, now) => setCause(viewer, id, String(form.get("cause") ?? ""), now))

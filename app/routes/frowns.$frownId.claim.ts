import type { ActionFunctionArgs } from "@remix-run/node"
import { afterFrownPress } from "#app/frown-press.server.ts"
import { claim } from "#app/models/frowns/frown.server.ts"

export const action = (press: ActionFunctionArgs) =>
  afterFrownPress(press, (viewer, id, _form, now) => claim(viewer, id, now))

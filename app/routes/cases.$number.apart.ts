import type { ActionFunctionArgs } from "@remix-run/node"
import { afterPress } from "#app/case-press.server.ts"
import { standApart } from "#app/models/cases/near.server.ts"

/** Not the same matter: the suggestion goes. */
export const action = (press: ActionFunctionArgs) =>
  afterPress(press, (viewer, number, _form, now) => standApart(viewer, number, now))

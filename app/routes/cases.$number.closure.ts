import type { ActionFunctionArgs } from "@remix-run/node"
import { afterPress } from "#app/case-press.server.ts"
import { closeCase } from "#app/models/cases/case.server.ts"

export const action = (press: ActionFunctionArgs) =>
  afterPress(press, (viewer, number, _form, now) => closeCase(viewer, number, now))

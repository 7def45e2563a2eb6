import type { ActionFunctionArgs } from "@remix-run/node"
import { afterPress } from "#app/case-press.server.ts"
import { releaseCase } from "#app/models/sharing/hand-over.server.ts"

export const action = (press: ActionFunctionArgs) =>
  afterPress(press, (viewer, number, _form, now) => releaseCase(viewer, number, viewer.id, now))

import type { ActionFunctionArgs } from "@remix-run/node"
import { afterPress } from "#app/case-press.server.ts"
import { leaveNote } from "#app/models/cases/note.server.ts"

export const action = (press: ActionFunctionArgs) =>
  afterPress(press, (viewer, number, form, now) => leaveNote(viewer, number, String(form.get("body") ?? ""), now))

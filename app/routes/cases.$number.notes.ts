import type { ActionFunctionArgs } from "@remix-run/node"
import { afterPress } from "#app/case-press.server.ts"
import { textOf } from "#app/form.ts"
import { leaveNote } from "#app/models/cases/note.server.ts"

export const action = (press: ActionFunctionArgs) =>
  afterPress(press, (viewer, number, form, now) => {
    const note = { body: textOf(form, "body"), again: form.has("again") }
    return leaveNote(viewer, number, note, now)
  })

import type { ActionFunctionArgs } from "@remix-run/node"
import { afterMessagePress } from "#app/message-press.server.ts"
import { rejectMessage } from "#app/models/mail/accept.server.ts"

export const action = (press: ActionFunctionArgs) =>
  afterMessagePress(press, (viewer, id, _form, now) => rejectMessage(viewer, id, now))

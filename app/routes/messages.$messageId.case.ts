import type { ActionFunctionArgs } from "@remix-run/node"
import { afterMessagePress } from "#app/message-press.server.ts"
import { acceptApart } from "#app/models/mail/accept.server.ts"
import { splitOff } from "#app/models/mail/move.server.ts"

/** A case of its own: for mail that was held, which a person now speaks for, and for any that is another matter. */
export const action = (press: ActionFunctionArgs) =>
  afterMessagePress(press, (viewer, id, form, now) =>
    form.get("held") === "yes" ? acceptApart(viewer, id, now) : splitOff(viewer, id, now),
  )

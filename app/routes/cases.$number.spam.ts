import type { ActionFunctionArgs } from "@remix-run/node"
import { afterPress } from "#app/case-press.server.ts"
import { markSpam, unmarkSpam } from "#app/models/cases/case.server.ts"
import { blockRequester } from "#app/models/mail/spam-tray.server.ts"

export const action = (press: ActionFunctionArgs) =>
  afterPress(press, async (viewer, number, form, now) => {
    if (form.get("spam") === "no") return unmarkSpam(viewer, number, now)
    const done = await markSpam(viewer, number, now)
    if (done === "done" && form.get("spam") === "block") await blockRequester(viewer, number, now)
    return done
  })

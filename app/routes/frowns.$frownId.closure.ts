import type { ActionFunctionArgs } from "@remix-run/node"
import { afterFrownPress } from "#app/frown-press.server.ts"
import { closeFrown } from "#app/models/frowns/frown.server.ts"
import { isDismissal } from "#app/models/frowns/frown.ts"

export const action = (press: ActionFunctionArgs) =>
  afterFrownPress(press, (viewer, id, form, now) => {
    const reason = form.get("dismissedAs")
    const closing = {
      cause: String(form.get("cause") ?? ""),
      whatWeDid: String(form.get("whatWeDid") ?? ""),
      dismissedAs: isDismissal(reason) ? reason : null,
    }
    return closeFrown(viewer, id, closing, now)
  })

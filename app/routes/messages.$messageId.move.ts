import type { ActionFunctionArgs } from "@remix-run/node"
import { caseNumber } from "#app/components/case/number.ts"
import { afterMessagePress } from "#app/message-press.server.ts"
import { moveInto } from "#app/models/mail/move.server.ts"

export const action = (press: ActionFunctionArgs) =>
  afterMessagePress(press, async (viewer, id, form, now) => {
    const into = caseNumber(String(form.get("into") ?? "").replace(/^\s*#?|\s+$/g, ""))
    return into === 0 ? "no such other case" : moveInto(viewer, id, into, now)
  })

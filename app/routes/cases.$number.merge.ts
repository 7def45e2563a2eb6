import type { ActionFunctionArgs } from "@remix-run/node"
import { afterPress } from "#app/case-press.server.ts"
import { caseNumber } from "#app/components/case/number.ts"
import { mergeCase } from "#app/models/cases/merge.server.ts"

export const action = (press: ActionFunctionArgs) =>
  afterPress(press, (viewer, number, form, now) =>
    mergeCase(viewer, number, caseNumber(String(form.get("into") ?? "").replace(/^\s*#?|\s+$/g, "")), now),
  )

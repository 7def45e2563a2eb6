import type { ActionFunctionArgs } from "@remix-run/node"
import { afterPress } from "#app/case-press.server.ts"
import { unmergeCase } from "#app/models/cases/merge.server.ts"

/** Two cases that were merged are two again. */
export const action = (press: ActionFunctionArgs) =>
  afterPress(press, (viewer, number, _form, now) => unmergeCase(viewer, number, now))

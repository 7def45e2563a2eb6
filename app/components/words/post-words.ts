import { fieldsOf } from "./fields.ts"
import { nameOf } from "./form-name.ts"

/** A browser lets only so much outlive its page. */
const outlives = 60_000

/** To the desk's keep for forms that have no drafts of their own. */
export function postFields(form: HTMLFormElement, init: RequestInit) {
  const body = new URLSearchParams({ page: location.pathname, form: nameOf(form), opId: opIdOf(form) })
  for (const [name, value, isTicked] of fieldsOf(form)) if (isTicked !== false) add(body, name, value)
  return post("/form-drafts", body, init)
}

/** To the case's draft, which colleagues see somebody write. */
export function postDraft(to: string, form: HTMLFormElement, init: RequestInit) {
  const given = new FormData(form)
  const body = new URLSearchParams({ body: String(given.get("text") ?? ""), opId: opIdOf(form) })
  for (const cc of given.getAll("cc")) body.append("cc", String(cc))
  return post(to, body, init)
}

/** Lets go of what the desk kept of a form. */
export const forgetFields = (form: string) =>
  post("/form-drafts", new URLSearchParams({ page: "/", form }), {}).catch(() => {
    // What stays is shown where the form is next open, and can be discarded there.
  })

/** It says whose page the form stands on. */
const opIdOf = (form: HTMLFormElement) => form.querySelector<HTMLInputElement>("input[name=opId]")?.value ?? ""

function add(body: URLSearchParams, name: string, value: string) {
  body.append("name", name)
  body.append("value", value)
}

const post = (to: string, body: URLSearchParams, init: RequestInit) =>
  fetch(to, { method: "POST", body, keepalive: body.toString().length < outlives, ...init })

/** What a form's words are kept under: where it is sent, and which of several that are sent there it is. */
export function nameOf(form: HTMLFormElement) {
  const { pathname } = new URL(form.getAttribute("action") ?? "", location.href)
  return form.id ? `${pathname}#${form.id}` : pathname
}

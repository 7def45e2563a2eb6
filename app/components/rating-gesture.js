// Says that a script ran here, and whether a person touched the page: a scanner that submits the form by itself has
// not. Asked of the events, not of navigator.userActivation: automation runs its scripts as if a person had clicked.
const [form] = document.forms
if (form) {
  form.elements.js.value = "1"
  for (const kind of ["click", "keydown"]) {
    addEventListener(kind, ({ isTrusted }) => isTrusted && form.elements.g.setAttribute("value", "1"), true)
  }
}

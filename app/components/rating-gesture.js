// Says that a script ran here, and whether a person touched the page: a scanner that submits the form by itself has
// not. That a form was submitted proves nothing, so what is asked is whether there was a click or a key at all.
const [form] = document.forms
const touched = () => {
  form.elements.g.value = "1"
}
if (form) {
  form.elements.js.value = "1"
  if (navigator.userActivation) {
    form.addEventListener("submit", () => navigator.userActivation.hasBeenActive && touched())
  } else {
    for (const kind of ["click", "keydown"]) addEventListener(kind, (event) => event.isTrusted && touched(), true)
  }
}

/** A field as it stands: its name, its value, and for a box or a choice whether it is ticked. */
export type Field = [name: string, value: string, isTicked: boolean | null]

type Control = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement

const ticked = new Set(["checkbox", "radio"])
/** Passwords and files are kept nowhere in a browser; what is hidden nobody typed. */
const notTyped = new Set(["hidden", "password", "file", "submit", "button", "image", "reset"])

export function typedControls(form: HTMLFormElement): Control[] {
  return [...form.elements].filter((one): one is Control => {
    const isControl =
      one instanceof HTMLTextAreaElement || one instanceof HTMLSelectElement || one instanceof HTMLInputElement
    return isControl && one.name !== "" && !notTyped.has(one.type)
  })
}

const isTick = (control: Control): control is HTMLInputElement => ticked.has(control.type)

export const fieldsOf = (form: HTMLFormElement): Field[] =>
  typedControls(form).map((control) => [control.name, control.value, isTick(control) ? control.checked : null])

/** Whether somebody changed anything since the page came. */
export const isTouched = (form: HTMLFormElement) =>
  typedControls(form).some((control) => {
    if (isTick(control)) return control.checked !== control.defaultChecked
    if (control instanceof HTMLSelectElement)
      return !control.options[control.selectedIndex]?.defaultSelected && control.selectedIndex > 0
    return control.value !== control.defaultValue
  })

/** Puts fields back as they stood; whether that changed anything. */
export function putBack(form: HTMLFormElement, fields: Field[]): boolean {
  const left = [...fields]
  let isChanged = false
  for (const control of typedControls(form)) {
    const place = left.findIndex(
      ([name, value, tick]) =>
        name === control.name && (tick === null) !== isTick(control) && (tick === null || value === control.value),
    )
    const [field] = place < 0 ? [] : left.splice(place, 1)
    if (field && put(control, field)) isChanged = true
  }
  return isChanged
}

function put(control: Control, [, value, tick]: Field): boolean {
  if (isTick(control)) {
    const isOther = control.checked !== tick
    control.checked = tick === true
    return isOther
  }
  const isOther = control.value !== value
  if (isOther) control.value = value
  return isOther
}

/** Empties what was written, once the desk has it; what stands in a field from the desk stays. */
export function emptyWritten(form: HTMLFormElement, isDraft: boolean) {
  for (const control of typedControls(form))
    if (!isTick(control) && !(control instanceof HTMLSelectElement) && (isDraft || control.defaultValue === ""))
      control.value = ""
  for (const file of form.querySelectorAll<HTMLInputElement>("input[type=file]")) file.value = ""
}

/** The desk's copy as fields of the form it belongs to: of boxes and choices it names those that were ticked. */
export function fieldsFrom(form: HTMLFormElement, kept: [name: string, value: string][]): Field[] {
  const left = [...kept]
  return fieldsOf(form).map(([name, value, isTicked]) => {
    const place = left.findIndex(([other, said]) => other === name && (isTicked === null || said === value))
    const [mine] = place < 0 ? [] : left.splice(place, 1)
    return isTicked === null ? [name, mine?.[1] ?? value, null] : [name, value, mine !== undefined]
  })
}

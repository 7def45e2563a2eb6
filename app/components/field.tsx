import type { ComponentProps, ReactNode } from "react"

type About = { label: ReactNode; name: string; hint?: ReactNode; error?: string | null | undefined }

/** A labelled input with its hint and what was wrong with it, tied together for whoever listens. */
export function Field({ label, name, hint, error, ...input }: About & ComponentProps<"input">) {
  const id = input.id ?? `field-${name}`
  return (
    <Around {...{ label, hint, error, id }}>
      <input {...(isWords(input.type) ? { dir: "auto" } : {})} {...input} {...tied(id, hint, error)} name={name} />
    </Around>
  )
}

export function Area({ label, name, hint, error, ...input }: About & ComponentProps<"textarea">) {
  const id = input.id ?? `field-${name}`
  return (
    <Around {...{ label, hint, error, id }}>
      <textarea dir="auto" {...input} {...tied(id, hint, error)} name={name} />
    </Around>
  )
}

const isWords = (type = "text") => ["text", "search"].includes(type)

type Options = { options: readonly { value: string; label: string }[] }

export function Choice({ label, name, hint, error, options, ...input }: About & Options & ComponentProps<"select">) {
  const id = input.id ?? `field-${name}`
  return (
    <Around {...{ label, hint, error, id }}>
      <select {...input} {...tied(id, hint, error)} name={name}>
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </Around>
  )
}

export function Check({ label, name, hint, error, ...input }: About & ComponentProps<"input">) {
  const id = input.id ?? `field-${name}-${input.value ?? "on"}`
  return (
    <div className="field field--check">
      <input {...input} {...tied(id, hint, error)} name={name} type="checkbox" />
      <label className="field__label" htmlFor={id}>
        {label}
      </label>
      <Hint {...{ id, hint }} />
      <Wrong {...{ id, error }} />
    </div>
  )
}

type Ties = Pick<About, "hint" | "error"> & { id: string }

function Around({ id, label, hint, error, children }: Ties & { label: ReactNode; children: ReactNode }) {
  return (
    <div className="field">
      <label className="field__label" htmlFor={id}>
        {label}
      </label>
      {children}
      <Hint {...{ id, hint }} />
      <Wrong {...{ id, error }} />
    </div>
  )
}

const Hint = ({ id, hint }: Pick<Ties, "id" | "hint">) =>
  hint ? (
    <p className="field__hint" id={`${id}-hint`}>
      {hint}
    </p>
  ) : null

const Wrong = ({ id, error }: Pick<Ties, "id" | "error">) =>
  error ? (
    <p className="field__error" id={`${id}-error`}>
      {error}
    </p>
  ) : null

function tied(id: string, hint: ReactNode, error: string | null | undefined) {
  const ids = [hint ? `${id}-hint` : "", error ? `${id}-error` : ""].filter(Boolean).join(" ")
  return { id, ...(ids ? { "aria-describedby": ids } : {}), ...(error ? { "aria-invalid": true } : {}) }
}

import type { ReactNode } from "react"
import type { SettingKey } from "#app/models/people/settings.ts"
import { WritingForm } from "../post-form.tsx"

type Texts = Partial<Record<SettingKey, string>>
type Answer = { refused: { key: string; words: string } | null; text: Texts } | undefined

/** The fields of a page of settings: as typed when the page was refused, with what was wrong at the one it is about. */
export function settingFields(told: Texts, answer: Answer) {
  const text = answer?.text ?? told
  const wrong = (key: SettingKey) => (answer?.refused?.key === key ? `This ${answer.refused.words}` : null)
  return {
    field: (key: SettingKey) => ({ name: key, defaultValue: text[key], error: wrong(key) }),
    box: (key: SettingKey) => ({ name: key, defaultChecked: text[key] === "on" }),
  }
}

export type SettingField = ReturnType<typeof settingFields>["field"]

type Page = { title: string; answer: Answer; children: ReactNode; action?: string; beside?: ReactNode }

/** A page of settings: its fields, and one button for all of them; `beside` it what else can be done with what was typed. */
export function SettingsForm({ title, answer, children, action, beside }: Page) {
  return (
    <section className="stack" aria-labelledby="settings-form">
      <h2 id="settings-form">{title}</h2>
      <WritingForm {...(action ? { action } : {})} className="form" stays>
        {answer?.refused === null ? (
          <p className="notice notice--good" role="status">
            Saved
          </p>
        ) : null}
        {children}
        <div className="form__foot">
          <button className="button button--primary" type="submit">
            Save
          </button>
          {beside}
        </div>
      </WritingForm>
    </section>
  )
}

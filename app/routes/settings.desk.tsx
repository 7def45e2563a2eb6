import { type ActionFunctionArgs, json, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node"
import { Form, useActionData, useLoaderData } from "@remix-run/react"
import { deskNow } from "#app/clock.server.ts"
import { Check, Field } from "#app/components/field.tsx"
import { titleOf } from "#app/components/title.ts"
import { textOf } from "#app/form.ts"
import { requireAdmin } from "#app/models/people/session.server.ts"
import { changeSettings, settings } from "#app/models/people/settings.server.ts"
import { type SettingKey, settingText } from "#app/models/people/settings.ts"
import type { loader as root } from "#app/root.tsx"

const keys = [
  "desk.name",
  "desk.timeZone",
  "desk.businessWeek",
  "replies.undoSeconds",
  "ratings.lineOn",
  "ratings.settleSeconds",
] as const satisfies SettingKey[]

export async function loader({ request }: LoaderFunctionArgs) {
  await requireAdmin(request)
  const told = await settings()
  const text = Object.fromEntries(keys.map((key) => [key, settingText(told[key])]))
  return json({ text, zones: Intl.supportedValuesOf("timeZone") })
}

export async function action({ request }: ActionFunctionArgs) {
  await requireAdmin(request)
  const form = await request.formData()
  const typed = keys.map(
    (key) => [key, key === "ratings.lineOn" ? (form.has(key) ? "on" : "off") : textOf(form, key)] as const,
  )
  const refused = await changeSettings(typed, deskNow())
  return json({ refused, text: Object.fromEntries(typed) }, refused === null ? {} : { status: 422 })
}

export const meta: MetaFunction<typeof loader, { root: typeof root }> = ({ matches }) =>
  titleOf("Desk", matches.find(({ id }) => id === "root")?.data)

export default function Desk() {
  const { text: told, zones } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const text = answer?.text ?? told
  const wrong = (key: SettingKey) => (answer?.refused?.key === key ? `This ${answer.refused.words}` : null)
  const field = (key: SettingKey) => ({ name: key, defaultValue: text[key], error: wrong(key), required: true })
  return (
    <section className="stack" aria-labelledby="desk">
      <h2 id="desk">Desk</h2>
      <Form method="post" className="form">
        {answer && answer.refused === null ? (
          <p className="notice notice--good" role="status">
            Saved
          </p>
        ) : null}
        <Field label="Name" {...field("desk.name")} maxLength={60} hint="What customers see." />
        <Field
          label="Time zone"
          {...field("desk.timeZone")}
          list="zones"
          hint="Days and years are counted in it; reports are made anew when it changes."
        />
        <datalist id="zones">
          {zones.map((zone) => (
            <option key={zone} value={zone} />
          ))}
        </datalist>
        <Field
          label="Business hours"
          {...field("desk.businessWeek")}
          hint="Such as mon-fri 9:00-17:00, sat 10:00-14:00. Due times are counted in them."
        />
        <Field
          label="Seconds to undo a reply"
          {...field("replies.undoSeconds")}
          type="number"
          min={0}
          max={120}
          hint="Nothing leaves before they are over."
        />
        <Check
          label="Ask for a rating under replies"
          name="ratings.lineOn"
          defaultChecked={text["ratings.lineOn"] === "on"}
        />
        <Field
          label="Seconds until a face counts"
          {...field("ratings.settleSeconds")}
          type="number"
          min={0}
          max={3600}
          hint="Meanwhile the customer may still change their mind."
        />
        <div className="form__foot">
          <button className="button button--primary" type="submit">
            Save
          </button>
        </div>
      </Form>
    </section>
  )
}

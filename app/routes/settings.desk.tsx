import { type ActionFunctionArgs, json, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node"
import { useActionData, useLoaderData } from "@remix-run/react"
import { deskNow } from "#app/clock.server.ts"
import { Check, Field } from "#app/components/field.tsx"
import { SettingsForm, settingFields } from "#app/components/settings/settings-form.tsx"
import { titleOf } from "#app/components/title.ts"
import { requireAdmin } from "#app/models/people/session.server.ts"
import type { SettingKey } from "#app/models/people/settings.ts"
import { freshPressForm } from "#app/press-form.server.ts"
import type { loader as root } from "#app/root.tsx"
import { settingsFrom, settingTexts } from "#app/settings-form.server.ts"

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
  return json({ text: await settingTexts(keys), zones: Intl.supportedValuesOf("timeZone") })
}

export async function action({ request }: ActionFunctionArgs) {
  const { by, form } = await freshPressForm(request)
  const done = await settingsFrom(form, keys, deskNow(), by)
  return json(done, done.refused === null ? {} : { status: 422 })
}

export const meta: MetaFunction<typeof loader, { root: typeof root }> = ({ matches }) =>
  titleOf("Desk", matches.find(({ id }) => id === "root")?.data)

export default function Desk() {
  const { text: told, zones } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { field, box } = settingFields(told, answer)
  const needed = (key: SettingKey) => ({ ...field(key), required: true })
  return (
    <SettingsForm title="Desk" answer={answer}>
      <Field label="Name" {...needed("desk.name")} maxLength={60} hint="What customers see." />
      <Field
        label="Time zone"
        {...needed("desk.timeZone")}
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
        {...needed("desk.businessWeek")}
        hint="Such as mon-fri 9:00-17:00, sat 10:00-14:00. Due times are counted in them."
      />
      <Field
        label="Seconds to undo a reply"
        {...needed("replies.undoSeconds")}
        type="number"
        min={0}
        max={120}
        hint="Nothing leaves before they are over."
      />
      <Check label="Ask for a rating under replies" {...box("ratings.lineOn")} />
      <Field
        label="Seconds until a face counts"
        {...needed("ratings.settleSeconds")}
        type="number"
        min={0}
        max={3600}
        hint="Meanwhile the customer may still change their mind."
      />
    </SettingsForm>
  )
}

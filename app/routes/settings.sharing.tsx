import { type ActionFunctionArgs, json, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node"
import { Link, useActionData, useLoaderData } from "@remix-run/react"
import { deskNow } from "#app/clock.server.ts"
import { Check, Field } from "#app/components/field.tsx"
import { PlayedAgain } from "#app/components/settings/played-again.tsx"
import { SettingsForm, settingFields } from "#app/components/settings/settings-form.tsx"
import { titleOf } from "#app/components/title.ts"
import { formFrom } from "#app/form.ts"
import { requireAdmin } from "#app/models/people/session.server.ts"
import { setting } from "#app/models/people/settings.server.ts"
import type { SettingKey } from "#app/models/people/settings.ts"
import { rampMinutes } from "#app/models/sharing/eligible.ts"
import { lastWeekAgain } from "#app/models/sharing/replay.server.ts"
import { pressForm } from "#app/press-form.server.ts"
import type { loader as root } from "#app/root.tsx"
import { settingsFrom, settingsTried, settingTexts } from "#app/settings-form.server.ts"

const keys = ["sharing.rampCases", "sharing.usualAgent", "sharing.unansweredHours"] as const satisfies SettingKey[]

/** With `try` in the address: what is typed is played on last week's mail and kept nowhere. */
export async function loader({ request }: LoaderFunctionArgs) {
  await requireAdmin(request)
  const query = new URL(request.url).searchParams
  if (!query.has("try")) return json({ text: await settingTexts(keys), refused: null, played: null })
  const { text, refused, values } = settingsTried(formFrom(query), keys)
  if (!values) return json({ text, refused, played: null }, { status: 422 })
  const trial = { rampCases: values["sharing.rampCases"], usualAgent: values["sharing.usualAgent"] }
  const played = await lastWeekAgain(trial, deskNow())
  const turnsUsualOn = trial.usualAgent && !(await setting("sharing.usualAgent"))
  return json({ text, refused: null, played: { ...played, turnsUsualOn } })
}

export async function action({ request }: ActionFunctionArgs) {
  const viewer = await requireAdmin(request)
  const { by, form } = await pressForm(request, viewer)
  const done = await settingsFrom(form, keys, deskNow(), by)
  return json(done, done.refused === null ? {} : { status: 422 })
}

export const meta: MetaFunction<typeof loader, { root: typeof root }> = ({ matches }) =>
  titleOf("Sharing", matches.find(({ id }) => id === "root")?.data)

export default function Sharing() {
  const { text, refused, played } = useLoaderData<typeof loader>()
  const saved = useActionData<typeof action>()
  const { field, box } = settingFields(text, saved ?? (refused ? { refused, text } : undefined))
  const needed = (key: SettingKey) => ({ ...field(key), required: true, type: "number", min: 1 })
  return (
    <div className="stack">
      <SettingsForm title="Sharing" answer={saved} action="/settings/sharing" beside={<Try />}>
        <p className="quiet">
          Each case goes to whoever replied last in it, else to the lowest load for the limit of those present. How many
          cases a person takes is set for each of them, under <Link to="/load">Load</Link>.
        </p>
        <Field
          label="Most cases for somebody who just came"
          {...needed("sharing.rampCases")}
          max={100}
          hint={`In their first ${rampMinutes} minutes present, so that the first to come does not get everything.`}
        />
        <Check
          label="A customer’s usual agent comes first"
          {...box("sharing.usualAgent")}
          hint="If nobody replied in the case yet: whoever answered most of the customer’s last ten."
        />
        <Field
          label="Hours until an unanswered case goes back"
          {...needed("sharing.unansweredHours")}
          max={200}
          hint="Business hours. It goes back to the pool once; the second time a lead is told."
        />
      </SettingsForm>
      {played && !saved ? <PlayedAgain played={played} /> : null}
    </div>
  )
}

/** Sends what is typed without keeping it. */
const Try = () => (
  <button className="button" type="submit" formMethod="get" name="try" value="last week">
    Try on last week’s mail
  </button>
)

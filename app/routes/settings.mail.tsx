import { type ActionFunctionArgs, json, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node"
import { useActionData, useLoaderData } from "@remix-run/react"
import { deskNow } from "#app/clock.server.ts"
import { Area, Check, Field } from "#app/components/field.tsx"
import { type SettingField, SettingsForm, settingFields } from "#app/components/settings/settings-form.tsx"
import { titleOf } from "#app/components/title.ts"
import { requireAdmin } from "#app/models/people/session.server.ts"
import type { SettingKey } from "#app/models/people/settings.ts"
import { freshPressForm } from "#app/press-form.server.ts"
import type { loader as root } from "#app/root.tsx"
import { settingsFrom, settingTexts } from "#app/settings-form.server.ts"

const keys = [
  "mail.acknowledge",
  "mail.acknowledgeText",
  "mail.agentForwards",
  "mail.reopenDays",
  "mail.holdAfter",
  "mail.floodCases",
  "mail.trustedHops",
  "mail.trustedRelays",
  "mail.trustedForwarders",
  "mail.dnsServers",
] as const satisfies SettingKey[]

export async function loader({ request }: LoaderFunctionArgs) {
  await requireAdmin(request)
  return json({ text: await settingTexts(keys) })
}

export async function action({ request }: ActionFunctionArgs) {
  const { by, form } = await freshPressForm(request)
  const done = await settingsFrom(form, keys, deskNow(), by)
  return json(done, done.refused === null ? {} : { status: 422 })
}

export const meta: MetaFunction<typeof loader, { root: typeof root }> = ({ matches }) =>
  titleOf("Mail settings", matches.find(({ id }) => id === "root")?.data)

export default function MailSettings() {
  const { text: told } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { field, box } = settingFields(told, answer)
  return (
    <SettingsForm title="Mail" answer={answer}>
      <Field
        label="Days in which an answer reopens its case"
        {...field("mail.reopenDays")}
        type="number"
        min={0}
        max={3650}
        required
        hint="Later it opens a new case beside the old one. 0: however late."
      />
      <Check
        label="Acknowledge new cases"
        {...box("mail.acknowledge")}
        hint="Only to senders who are proven, and to each at most once a day."
      />
      <Area
        label="What an acknowledgement says"
        {...field("mail.acknowledgeText")}
        rows={3}
        hint="{number} is the case's."
      />
      <Check
        label="Mail an agent forwards is the customer's"
        {...box("mail.agentForwards")}
        hint="From an agent's own address, when its domain vouches for it."
      />
      <Senders field={field} />
    </SettingsForm>
  )
}

/** For whoever runs the servers around the desk; empty is right for most. */
function Senders({ field }: { field: SettingField }) {
  return (
    <details>
      <summary>Servers around the desk, and limits</summary>
      <div className="stack stack--tight">
        <Field
          label="Names of our own mail servers"
          {...field("mail.trustedHops")}
          hint="What they found of a sender (Authentication-Results, spam marks) is believed. With commas."
        />
        <Field
          label="Their addresses or ranges"
          {...field("mail.trustedRelays")}
          hint="Such as 192.0.2.0/24. With commas."
        />
        <Field
          label="Forwarders we believe"
          {...field("mail.trustedForwarders")}
          hint="Domains whose ARC seal counts."
        />
        <Field label="Name servers" {...field("mail.dnsServers")} hint="Empty: the machine's own." />
        <Field
          label="Mails into one case within ten minutes, after which the next are held"
          {...field("mail.holdAfter")}
          type="number"
          min={1}
          max={1000}
          required
        />
        <Field
          label="Cases one address may open within ten minutes"
          {...field("mail.floodCases")}
          type="number"
          min={0}
          max={1000}
          required
          hint="Further mail joins the newest of them. 0: as many as it likes."
        />
      </div>
    </details>
  )
}

import { type ActionFunctionArgs, json, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node"
import { Form, useActionData, useLoaderData } from "@remix-run/react"
import { deskNow } from "#app/clock.server.ts"
import { Area, Check, Field } from "#app/components/field.tsx"
import { titleOf } from "#app/components/title.ts"
import { textOf } from "#app/form.ts"
import { requireAdmin } from "#app/models/people/session.server.ts"
import { changeSettings, settings } from "#app/models/people/settings.server.ts"
import { type SettingKey, settingText } from "#app/models/people/settings.ts"
import type { loader as root } from "#app/root.tsx"

const switches: readonly SettingKey[] = ["mail.acknowledge", "mail.agentForwards"]
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
  const told = await settings()
  return json({ text: Object.fromEntries(keys.map((key) => [key, settingText(told[key])])) })
}

export async function action({ request }: ActionFunctionArgs) {
  await requireAdmin(request)
  const form = await request.formData()
  const said = (key: SettingKey) => (switches.includes(key) ? (form.has(key) ? "on" : "off") : textOf(form, key))
  const typed = keys.map((key) => [key, said(key)] as const)
  const refused = await changeSettings(typed, deskNow())
  return json({ refused, text: Object.fromEntries(typed) }, refused === null ? {} : { status: 422 })
}

export const meta: MetaFunction<typeof loader, { root: typeof root }> = ({ matches }) =>
  titleOf("Mail settings", matches.find(({ id }) => id === "root")?.data)

export default function MailSettings() {
  const { text: told } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const text = answer?.text ?? told
  const wrong = (key: SettingKey) => (answer?.refused?.key === key ? `This ${answer.refused.words}` : null)
  const field = (key: SettingKey) => ({ name: key, defaultValue: text[key], error: wrong(key) })
  return (
    <section className="stack" aria-labelledby="mail-settings">
      <h2 id="mail-settings">Mail</h2>
      <Form method="post" className="form">
        {answer && answer.refused === null ? (
          <p className="notice notice--good" role="status">
            Saved
          </p>
        ) : null}
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
          name="mail.acknowledge"
          defaultChecked={text["mail.acknowledge"] === "on"}
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
          name="mail.agentForwards"
          defaultChecked={text["mail.agentForwards"] === "on"}
          hint="From an agent's own address, when its domain vouches for it."
        />
        <Senders field={field} />
        <div className="form__foot">
          <button className="button button--primary" type="submit">
            Save
          </button>
        </div>
      </Form>
    </section>
  )
}

type Given = (key: SettingKey) => { name: string; defaultValue: string | undefined; error: string | null }

/** For whoever runs the servers around the desk; empty is right for most. */
function Senders({ field }: { field: Given }) {
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

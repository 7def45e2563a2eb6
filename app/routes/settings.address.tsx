import { type ActionFunctionArgs, json, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node"
import { useActionData, useLoaderData } from "@remix-run/react"
import { deskNow } from "#app/clock.server.ts"
import { Field } from "#app/components/field.tsx"
import { WritingForm } from "#app/components/post-form.tsx"
import { titleOf } from "#app/components/title.ts"
import { readEnv } from "#app/env.server.ts"
import { textOf } from "#app/form.ts"
import { type BaseUrlRefusal, baseUrlLink } from "#app/models/people/base-url.server.ts"
import { isLocalOrigin } from "#app/models/people/base-url.ts"
import { requireAdmin } from "#app/models/people/session.server.ts"
import { setting } from "#app/models/people/settings.server.ts"
import { freshAdminForm } from "#app/models/people/step-up.server.ts"
import type { loader as root } from "#app/root.tsx"

export async function loader({ request }: LoaderFunctionArgs) {
  await requireAdmin(request)
  const baseUrl = await setting("web.baseUrl")
  return json({ baseUrl, isLocal: baseUrl !== "" && isLocalOrigin(baseUrl), isFixed: readEnv().BASE_URL !== undefined })
}

export async function action({ request }: ActionFunctionArgs) {
  const { viewer, form } = await freshAdminForm(request)
  const typed = textOf(form, "address")
  const made = baseUrlLink(viewer, typed, deskNow())
  if ("link" in made) return json({ typed, link: made.link, error: null })
  return json({ typed, link: null, error: words[made.refused] }, { status: 422 })
}

const words: Record<BaseUrlRefusal, string> = {
  "not yours": "Only an admin sets the address",
  "no address": "This must be an address without a path, such as https://support.example.com",
  "this machine only": "This address means another machine to everybody who opens it: customers cannot reach it",
}

export const meta: MetaFunction<typeof loader, { root: typeof root }> = ({ matches }) =>
  titleOf("Address", matches.find(({ id }) => id === "root")?.data)

export default function Address() {
  const { isFixed } = useLoaderData<typeof loader>()
  return (
    <section className="stack" aria-labelledby="address">
      <h2 id="address">Address</h2>
      <AddressNow />
      {isFixed ? null : <AskForAddress />}
    </section>
  )
}

function AddressNow() {
  const { baseUrl, isLocal, isFixed } = useLoaderData<typeof loader>()
  if (baseUrl === "")
    return (
      <p className="notice notice--bad">
        This desk has no public address: it answers on this machine only. Rating links need one, so replies with a
        rating line wait as soon as there is a mail server they could leave by.
      </p>
    )
  return (
    <>
      <p>
        Customers’ links begin with <strong>{baseUrl}</strong>
        {isFixed ? ". It is set by BASE_URL, and changed there." : "."}
      </p>
      {isLocal ? (
        <p className="notice notice--bad">
          Only this machine can open it, so mail leaves by servers on this machine only.
        </p>
      ) : null}
    </>
  )
}

function AskForAddress() {
  const answer = useActionData<typeof action>()
  return (
    <WritingForm className="form" stays>
      <Field
        label="New address"
        name="address"
        type="url"
        required
        maxLength={200}
        placeholder="https://support.example.com"
        defaultValue={answer?.typed ?? ""}
        error={answer?.error ?? null}
        hint="Let your web server or proxy lead it to this desk, with the Host header unchanged."
      />
      {answer?.link ? (
        <p className="notice" role="status">
          Open this link within an hour, in a browser that reaches the desk as your customers do. There you confirm it:{" "}
          <a href={answer.link} target="_blank" rel="noreferrer">
            {answer.link}
          </a>
        </p>
      ) : null}
      <div className="form__foot">
        <button className="button button--primary" type="submit">
          Make a link to try it
        </button>
      </div>
    </WritingForm>
  )
}

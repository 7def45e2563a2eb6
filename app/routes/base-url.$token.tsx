import { type ActionFunctionArgs, json, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node"
import { Form, useActionData, useLoaderData } from "@remix-run/react"
import { deskNow } from "#app/clock.server.ts"
import { releaseForAddress } from "#app/models/mail/links.server.ts"
import { confirmBaseUrl, isBaseUrlToken } from "#app/models/people/base-url.server.ts"
import { setting } from "#app/models/people/settings.server.ts"

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { origin } = new URL(request.url)
  if (!isBaseUrlToken(params.token ?? "", origin, deskNow())) throw noLink()
  return json({ desk: await setting("desk.name"), origin })
}

/** Whoever holds the link was given it by an admin, and shows by opening it that the desk answers there. */
export async function action({ request, params }: ActionFunctionArgs) {
  const now = deskNow()
  const done = await confirmBaseUrl(params.token ?? "", new URL(request.url).origin, now)
  if (done !== "confirmed") throw noLink()
  await releaseForAddress(now)
  return json({ isDone: true })
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `Address · ${data?.desk ?? "Upturn"}` }]

export default function ConfirmAddress() {
  const { desk, origin } = useLoaderData<typeof loader>()
  const isDone = useActionData<typeof action>()?.isDone ?? false
  return (
    <main className="alone" id="main">
      <header className="stack stack--tight">
        <h1>{desk}</h1>
        {isDone ? (
          <p role="status">
            Customers’ links begin with {origin} from now on. <a href="/">Open the desk</a>
          </p>
        ) : (
          <p>This desk answers at {origin}. Shall links in emails to customers begin with it?</p>
        )}
      </header>
      {isDone ? null : (
        <Form method="post" className="form" reloadDocument>
          <div className="form__foot">
            <button className="button button--primary" type="submit">
              Use this address
            </button>
          </div>
        </Form>
      )}
    </main>
  )
}

const noLink = () =>
  new Response(
    "This link is older than an hour, or was made for another address. Make a new one under Settings, Address.",
    {
      status: 404,
    },
  )

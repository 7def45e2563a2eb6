import { type ActionFunctionArgs, json, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node"
import { useActionData, useLoaderData } from "@remix-run/react"
import { deskNow } from "#app/clock.server.ts"
import { Field } from "#app/components/field.tsx"
import { PostForm } from "#app/components/post-form.tsx"
import { titleOf } from "#app/components/title.ts"
import { textOf } from "#app/form.ts"
import { forgetSender, listSenders, ruleSender } from "#app/models/mail/spam-tray.server.ts"
import { requireAdmin } from "#app/models/people/session.server.ts"
import { freshPressForm } from "#app/press-form.server.ts"
import type { loader as root } from "#app/root.tsx"

export async function loader({ request }: LoaderFunctionArgs) {
  await requireAdmin(request)
  return json({ senders: await listSenders() })
}

export async function action({ request }: ActionFunctionArgs) {
  const { by, form } = await freshPressForm(request)
  const gone = textOf(form, "forget")
  if (gone !== "") {
    await forgetSender(by, gone)
    return redirect("/settings/senders")
  }
  const sender = textOf(form, "sender")
  const rule = textOf(form, "rule") === "welcome" ? "welcome" : "block"
  const done = await ruleSender(by, sender, rule, deskNow())
  if (done === "kept") return redirect("/settings/senders")
  return json(
    { sender, error: "That is no address. Write one such as eve@evil.example, or @evil.example for all of a domain." },
    { status: 422 },
  )
}

export const meta: MetaFunction<typeof loader, { root: typeof root }> = ({ matches }) =>
  titleOf("Senders", matches.find(({ id }) => id === "root")?.data)

export default function Senders() {
  const { senders } = useLoaderData<typeof loader>()
  const wrong = useActionData<typeof action>()
  return (
    <section className="stack" aria-labelledby="senders-title">
      <h2 id="senders-title">Senders</h2>
      <p className="quiet">
        Mail of a blocked sender rests under Spam and becomes no case. A welcome sender is never called spam by a
        filter.
      </p>
      <PostForm className="stack stack--tight">
        <Field
          name="sender"
          label="Address, or @domain"
          defaultValue={wrong?.sender ?? ""}
          error={wrong?.error}
          required
        />
        <div className="row">
          <button className="button" type="submit" name="rule" value="block">
            Block
          </button>
          <button className="button button--quiet" type="submit" name="rule" value="welcome">
            Welcome
          </button>
        </div>
      </PostForm>
      {senders.length === 0 ? (
        <p className="empty">Nobody is blocked or welcomed yet. "Not spam" in the spam tray welcomes a sender.</p>
      ) : (
        <table className="table">
          <thead>
            <tr>
              <th scope="col">Sender</th>
              <th scope="col">Is</th>
              <th scope="col">Take back</th>
            </tr>
          </thead>
          <tbody>
            {senders.map(({ sender, rule }) => (
              <tr key={sender}>
                <th scope="row">{sender}</th>
                <td>{rule === "block" ? "blocked" : "welcome"}</td>
                <td>
                  <PostForm>
                    <button className="button button--quiet button--small" type="submit" name="forget" value={sender}>
                      Forget
                    </button>
                  </PostForm>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  )
}

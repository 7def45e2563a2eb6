import { type ActionFunctionArgs, json, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node"
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react"
import { deskNow } from "#app/clock.server.ts"
import { FetchFields } from "#app/components/settings/fetch-fields.tsx"
import { LastVisit } from "#app/components/settings/last-visit.tsx"
import { titleOf } from "#app/components/title.ts"
import { idFrom, textOf } from "#app/form.ts"
import { changeImap, imapOfMailbox, removeImap } from "#app/models/mail/imap-account.server.ts"
import { type ImapTyped, type ImapWrong, imapFields, imapFormFrom, imapPresets } from "#app/models/mail/imap-form.ts"
import { tryFetching } from "#app/models/mail/imap-trial.server.ts"
import { mailboxById } from "#app/models/people/mailbox.server.ts"
import { requireAdmin } from "#app/models/people/session.server.ts"
import type { loader as root } from "#app/root.tsx"

export async function loader({ request, params }: LoaderFunctionArgs) {
  await requireAdmin(request)
  const box = await mailboxOr404(params.mailboxId)
  const account = await imapOfMailbox(box.id)
  const wanted = new URL(request.url).searchParams.get("preset")
  const preset = imapPresets.find(({ name }) => name === wanted)
  const begin = { security: "tls", port: 993, method: "password", folder: "INBOX", afterwards: "leave" }
  const fromStart = account?.fromStart ? "on" : ""
  const typed = textsOf({ username: box.address, ...begin, ...account, ...preset, fromStart })
  return json({ box, typed, account })
}

export async function action({ request, params }: ActionFunctionArgs) {
  const viewer = await requireAdmin(request)
  const box = await mailboxOr404(params.mailboxId)
  const form = await request.formData()
  const act = textOf(form, "act")
  if (act === "remove") {
    await removeImap(viewer, box.id)
    return redirect(`/settings/incoming/${box.id}`)
  }
  if (act === "try") {
    const tried = await tryFetching(viewer, box.id, deskNow())
    return json({ typed: null, wrong: null, tried: tried === "not possible" ? null : tried })
  }
  const typed = Object.fromEntries(imapFields.map((name) => [name, textOf(form, name)])) as ImapTyped
  const read = imapFormFrom(typed)
  const wrong = "words" in read ? read : kept(await changeImap(viewer, box.id, read, deskNow()), read.method)
  if (wrong === null) return redirect(`/settings/incoming/${box.id}`)
  // A secret is never sent back to a page.
  const shown = { ...typed, password: "", accessToken: "", refreshToken: "", clientSecret: "" }
  return json({ typed: shown, wrong, tried: null }, { status: 422 })
}

function kept(done: Awaited<ReturnType<typeof changeImap>>, method: string): ImapWrong | null {
  const field = method === "oauth2" ? "accessToken" : "password"
  return done === "no secret" ? { field, words: "Needed: the desk has none for this server and name yet" } : null
}

export const meta: MetaFunction<typeof loader, { root: typeof root }> = ({ data, matches }) =>
  titleOf(`Incoming mail of ${data?.box.name ?? "a mailbox"}`, matches.find(({ id }) => id === "root")?.data)

export default function Incoming() {
  const { box, typed, account } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  return (
    <section className="stack stack--wide" aria-labelledby="incoming">
      <header className="page__head">
        <h2 id="incoming">Incoming mail of {box.name}</h2>
        <p className="quiet">{box.address}</p>
      </header>
      <p>
        {account
          ? "Its mail is fetched from this server, as it comes. The desk's own mail door takes mail for it as well."
          : "Mail for it comes in at the desk's own mail door. Where it lies with a provider, the desk can fetch it there by IMAP."}
      </p>
      {account ? <LastVisit account={account} /> : null}
      <Tried />
      <p className="row small">
        Fill in for
        {imapPresets.map(({ name }) => (
          <Link key={name} to={`?preset=${encodeURIComponent(name)}`} reloadDocument>
            {name}
          </Link>
        ))}
      </p>
      <Form method="post" className="form">
        <FetchFields
          typed={answer?.typed ?? typed}
          wrong={answer?.wrong ?? null}
          hasSecret={account?.hasSecret ?? false}
        />
        <div className="form__foot">
          <button className="button button--primary" type="submit">
            Save
          </button>
          <Link to={`/settings/mailboxes/${box.id}`}>Back to {box.name}</Link>
        </div>
      </Form>
      {account ? <Afterwards /> : null}
    </section>
  )
}

/** What was seen there, or the server's own refusal. */
function Tried() {
  const answer = useActionData<typeof action>()
  if (!answer?.tried) return null
  const { isGood, words } = answer.tried
  return (
    <p className={`notice ${isGood ? "notice--good" : "notice--bad"}`} role="status">
      {words}
    </p>
  )
}

function Afterwards() {
  return (
    <Form method="post" className="row">
      <button className="button" type="submit" name="act" value="try">
        Try it
      </button>
      <button className="button button--quiet" type="submit" name="act" value="remove">
        Stop fetching
      </button>
    </Form>
  )
}

async function mailboxOr404(id: string | undefined) {
  const box = await mailboxById(idFrom(id) ?? 0)
  if (!box) throw new Response("There is no such mailbox.", { status: 404 })
  return box
}

const textsOf = (known: Record<string, unknown>): Partial<ImapTyped> =>
  Object.fromEntries(imapFields.map((name) => [name, String(known[name] ?? "")]))

import { type ActionFunctionArgs, json, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node"
import { useActionData, useLoaderData } from "@remix-run/react"
import { deskNow } from "#app/clock.server.ts"
import { FetchFields } from "#app/components/settings/fetch-fields.tsx"
import { LastVisit } from "#app/components/settings/last-visit.tsx"
import { SetAside } from "#app/components/settings/set-aside.tsx"
import { WayForm } from "#app/components/settings/way-form.tsx"
import { titleOf } from "#app/components/title.ts"
import { textOf, textsFrom, textsOf } from "#app/form.ts"
import { mailboxOr404 } from "#app/mailbox-asked.server.ts"
import { changeImap, imapOfMailbox, removeImap } from "#app/models/mail/imap-account.server.ts"
import { type ImapWrong, imapFields, imapFormFrom, imapPresets } from "#app/models/mail/imap-form.ts"
import { asideOf } from "#app/models/mail/imap-set-aside.server.ts"
import { tryFetching } from "#app/models/mail/imap-trial.server.ts"
import { noSecrets } from "#app/models/mail/smtp-account.ts"
import { requireAdmin } from "#app/models/people/session.server.ts"
import { freshPressForm } from "#app/press-form.server.ts"
import type { loader as root } from "#app/root.tsx"

export async function loader({ request, params }: LoaderFunctionArgs) {
  await requireAdmin(request)
  const box = await mailboxOr404(params.mailboxId)
  const account = await imapOfMailbox(box.id)
  const wanted = new URL(request.url).searchParams.get("preset")
  const preset = imapPresets.find(({ name }) => name === wanted)
  const begin = { security: "tls", port: 993, method: "password", folder: "INBOX", afterwards: "leave" }
  const fromStart = account?.fromStart ? "on" : ""
  const typed = textsFrom({ username: box.address, ...begin, ...account, ...preset, fromStart }, imapFields)
  return json({ box, typed, account, aside: await asideOf([box.id]) })
}

export async function action({ request, params }: ActionFunctionArgs) {
  const { viewer, by, form } = await freshPressForm(request)
  const box = await mailboxOr404(params.mailboxId)
  const act = textOf(form, "act")
  if (act === "remove") {
    await removeImap(by, box.id)
    return redirect(`/settings/incoming/${box.id}`)
  }
  if (act === "try") {
    const tried = await tryFetching(viewer, box.id, deskNow())
    return json({ typed: null, wrong: null, tried: tried === "not possible" ? null : tried })
  }
  const typed = textsOf(form, imapFields)
  const read = imapFormFrom(typed)
  const wrong = "words" in read ? read : kept(await changeImap(by, box.id, read, deskNow()), read.method)
  if (wrong === null) return redirect(`/settings/incoming/${box.id}`)
  return json({ typed: { ...typed, ...noSecrets }, wrong, tried: null }, { status: 422 })
}

function kept(done: Awaited<ReturnType<typeof changeImap>>, method: string): ImapWrong | null {
  const field = method === "oauth2" ? "accessToken" : "password"
  return done === "no secret" ? { field, words: "Needed: the desk has none for this server and name yet" } : null
}

export const meta: MetaFunction<typeof loader, { root: typeof root }> = ({ data, matches }) =>
  titleOf(`Incoming mail of ${data?.box.name ?? "a mailbox"}`, matches.find(({ id }) => id === "root")?.data)

export default function Incoming() {
  const { box, typed, account, aside } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  return (
    <WayForm
      way="Incoming"
      box={box}
      about={account ? fetched : byTheDoor}
      presets={imapPresets}
      news={
        <>
          {account ? <LastVisit account={account} /> : null}
          <SetAside mails={aside} />
          <Tried />
        </>
      }
      acts={account ? { try: "Try it", remove: "Stop fetching" } : null}
    >
      <FetchFields
        typed={answer?.typed ?? typed}
        wrong={answer?.wrong ?? null}
        hasSecret={account?.hasSecret ?? false}
      />
    </WayForm>
  )
}

const fetched = "Its mail is fetched from this server, as it comes. The desk's own mail door takes mail for it as well."
const byTheDoor =
  "Mail for it comes in at the desk's own mail door. Where it lies with a provider, the desk can fetch it there by IMAP."

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

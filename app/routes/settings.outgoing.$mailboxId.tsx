import { type ActionFunctionArgs, json, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node"
import { useActionData, useLoaderData } from "@remix-run/react"
import { deskNow } from "#app/clock.server.ts"
import { PausedMail } from "#app/components/paused-mail.tsx"
import { AccountFields } from "#app/components/settings/account-fields.tsx"
import { WayForm } from "#app/components/settings/way-form.tsx"
import { titleOf } from "#app/components/title.ts"
import { textOf, textsFrom, textsOf } from "#app/form.ts"
import { mailboxOr404 } from "#app/mailbox-asked.server.ts"
import { pausedMailboxes } from "#app/models/mail/sent.server.ts"
import { accountOfMailbox, changeAccount, removeAccount } from "#app/models/mail/smtp-account.server.ts"
import { accountFormFrom, noSecrets, presets, typedFields, type Wrong } from "#app/models/mail/smtp-account.ts"
import { trySending } from "#app/models/mail/trial.server.ts"
import { requireAdmin } from "#app/models/people/session.server.ts"
import { freshPressForm } from "#app/press-form.server.ts"
import type { loader as root } from "#app/root.tsx"

export async function loader({ request, params }: LoaderFunctionArgs) {
  const viewer = await requireAdmin(request)
  const box = await mailboxOr404(params.mailboxId)
  const account = await accountOfMailbox(box.id)
  const wanted = new URL(request.url).searchParams.get("preset")
  const preset = presets.find(({ name }) => name === wanted)
  const username = account?.username || (preset ? box.address : "")
  const typed = textsFrom(
    { security: "starttls", port: 587, method: "password", ...account, ...preset, username },
    typedFields,
  )
  const paused = (await pausedMailboxes(viewer)).find(({ id }) => id === box.id) ?? null
  return json({ box, typed, hasSecret: account?.hasSecret ?? false, isSet: account !== null, paused })
}

export async function action({ request, params }: ActionFunctionArgs) {
  const { viewer, by, form } = await freshPressForm(request)
  const box = await mailboxOr404(params.mailboxId)
  const act = textOf(form, "act")
  if (act === "remove") {
    await removeAccount(by, box.id)
    return redirect(`/settings/outgoing/${box.id}`)
  }
  if (act === "try") {
    const tried = await trySending(viewer, box.id, deskNow)
    return json({ typed: null, wrong: null, tried: tried === "not possible" ? null : tried, to: viewer.email })
  }
  const typed = textsOf(form, typedFields)
  const read = accountFormFrom(typed)
  const wrong = "words" in read ? read : await kept(await changeAccount(by, box.id, read), read.method)
  if (wrong === null) return redirect(`/settings/outgoing/${box.id}`)
  return json({ typed: { ...typed, ...noSecrets }, wrong, tried: null, to: "" }, { status: 422 })
}

function kept(done: Awaited<ReturnType<typeof changeAccount>>, method: string): Wrong | null {
  if (done === "no base url")
    return {
      field: "host",
      words:
        "Set the desk's public address first, under Settings, Address: mail that leaves carries links people must open",
    }
  const field = method === "oauth2" ? "accessToken" : "password"
  return done === "no secret" ? { field, words: "Give it once more: the server, name or way to sign in is new" } : null
}

export const meta: MetaFunction<typeof loader, { root: typeof root }> = ({ data, matches }) =>
  titleOf(`Outgoing mail of ${data?.box.name ?? "a mailbox"}`, matches.find(({ id }) => id === "root")?.data)

export default function Outgoing() {
  const { box, typed, hasSecret, isSet, paused } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  return (
    <WayForm
      way="Outgoing"
      box={box}
      about={isSet ? byItsOwn : byTheDesks}
      presets={presets}
      news={
        <>
          {paused ? <PausedMail box={paused} mayResume /> : null}
          <Tried />
        </>
      }
      acts={isSet ? { try: "Send a test mail to me", remove: "Send by the desk's server again" } : null}
    >
      <AccountFields typed={answer?.typed ?? typed} wrong={answer?.wrong ?? null} hasSecret={hasSecret} />
    </WayForm>
  )
}

const byItsOwn = "Its mail leaves by this server, not by the desk's own."
const byTheDesks = "Its mail leaves by the desk's own server. With a provider's account it can leave by theirs."

/** In the server's own words, whichever way it went; in ours where it said none. */
function Tried() {
  const answer = useActionData<typeof action>()
  if (!answer?.tried) return null
  const { isTaken, words } = answer.tried
  return (
    <p className={`notice ${isTaken ? "notice--good" : "notice--bad"}`} role="status">
      {isTaken ? `The server took a test mail to ${answer.to}: ` : "The test mail did not leave: "}
      {/^\d{3}\b/.test(words) ? <q>{words}</q> : words}
    </p>
  )
}

import { type ActionFunctionArgs, json, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node"
import { useActionData, useLoaderData } from "@remix-run/react"
import { deskNow } from "#app/clock.server.ts"
import { Files } from "#app/components/case/files.tsx"
import { TooLong } from "#app/components/case/too-long.tsx"
import { Area, Choice, Field } from "#app/components/field.tsx"
import { WritingForm } from "#app/components/post-form.tsx"
import { titleOf } from "#app/components/title.ts"
import { filesOf, idsOf } from "#app/form.ts"
import { draftFiles } from "#app/models/cases/draft-file.server.ts"
import { replyFiles } from "#app/models/mail/reply-file.server.ts"
import { startCase } from "#app/models/mail/start.server.ts"
import { dropFormDraft } from "#app/models/people/form-draft.server.ts"
import { listMailboxes } from "#app/models/people/mailbox.server.ts"
import { requireViewer } from "#app/models/people/session.server.ts"
import { setting } from "#app/models/people/settings.server.ts"
import { pressForm } from "#app/press-form.server.ts"
import type { loader as root } from "#app/root.tsx"

export async function loader({ request }: LoaderFunctionArgs) {
  const viewer = await requireViewer(request)
  const boxes = (await listMailboxes()).filter(({ id }) => viewer.mailboxIds.includes(id))
  const waiting = await draftFiles({ caseNumber: null, agentId: viewer.id })
  const files = waiting.map(({ id, filename, size }) => ({ id, filename, size }))
  return json({ mailboxes: boxes.map(({ id, name, address }) => ({ id, name, address })), files })
}

export async function action({ request }: ActionFunctionArgs) {
  const viewer = await requireViewer(request)
  const { by, form } = await pressForm(request, viewer)
  const text = (name: string) => String(form.get(name) ?? "")
  const files = replyFiles(await filesOf(form, "file"))
  if (typeof files === "string") return json({ refused: files }, { status: 422 })
  const given = {
    files,
    draftFiles: idsOf(form, "draftFile"),
    mailboxId: Number(text("mailbox")),
    agentId: viewer.id,
    to: { name: text("name"), address: text("to") },
    subject: text("subject"),
    text: text("text"),
    opId: by.opId ?? null,
    undoSeconds: await setting("replies.undoSeconds"),
  }
  const done = await startCase(viewer, given, deskNow())
  if (typeof done === "string") return json({ refused: done }, { status: 422 })
  await dropFormDraft(viewer.id, "/cases/new")
  return redirect(`/cases/${done.caseNumber}`)
}

export const meta: MetaFunction<typeof loader, { root: typeof root }> = ({ matches }) =>
  titleOf("Write to a customer", matches.find(({ id }) => id === "root")?.data)

export default function NewCase() {
  const { mailboxes, files } = useLoaderData<typeof loader>()
  const refused = useActionData<typeof action>()?.refused
  const boxes = mailboxes.map(({ id, name, address }) => ({ value: String(id), label: `${name} <${address}>` }))
  return (
    <section className="page page--narrow" aria-labelledby="new-title">
      <h1 id="new-title">Write to a customer</h1>
      <p className="quiet">A case of its own, with you. It waits on them until they answer; no rating is asked.</p>
      <WritingForm className="form new-case" encType="multipart/form-data">
        <Field label="To" name="to" type="email" required autoComplete="off" error={errorFor("to", refused)} />
        <Field label="Their name" name="name" autoComplete="off" hint="If you know it" />
        <Choice label="From" name="mailbox" options={boxes} error={errorFor("mailbox", refused)} />
        <Field label="Subject" name="subject" required error={errorFor("subject", refused)} />
        <Area label="Message" name="text" required error={errorFor("text", refused)} />
        <TooLong />
        <Files waiting={files} to="/cases/new/files" sentTo="/cases/new" />
        {errorFor("file", refused) ? <p className="field__error">{errorFor("file", refused)}</p> : null}
        <div className="form__foot">
          <button className="button button--primary" type="submit" data-send aria-keyshortcuts="Control+Enter">
            Send
          </button>
        </div>
      </WritingForm>
    </section>
  )
}

const words: Partial<Record<string, [field: string, words: string]>> = {
  "bad address": ["to", "That is not an email address."],
  "no recipient": ["to", "That is a mailbox of this desk: write to a customer."],
  "not your mailbox": ["mailbox", "You do not answer this mailbox. Pick one of yours."],
  "no subject": ["subject", "A subject is needed, the customer sees it first."],
  "a file is gone": ["file", "A file is no longer there. Look at the files and attach it again."],
  "files too large": ["file", "That is more than 25 MB, or more than 50 files. Choose fewer or smaller ones."],
  empty: ["text", "Write something first."],
  "too long": ["text", "That is too long to send."],
}

function errorFor(field: string, refused: string | undefined) {
  const known = refused ? words[refused] : undefined
  return known?.[0] === field ? known[1] : null
}

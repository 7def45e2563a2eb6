import { type ActionFunctionArgs, json, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node"
import { Link, useActionData, useLoaderData } from "@remix-run/react"
import { deskNow } from "#app/clock.server.ts"
import { Again } from "#app/components/again.tsx"
import { Files } from "#app/components/case/files.tsx"
import { TooLong } from "#app/components/case/too-long.tsx"
import { Area, Choice, Field } from "#app/components/field.tsx"
import { WritingForm } from "#app/components/post-form.tsx"
import { titleOf } from "#app/components/title.ts"
import { filesOf, idFrom, idsOf, textOf, textsOf } from "#app/form.ts"
import { addToDraft, draftFiles } from "#app/models/cases/draft-file.server.ts"
import { replyFiles } from "#app/models/mail/reply-file.server.ts"
import { isWritten, startCase } from "#app/models/mail/start.server.ts"
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
  const text = (name: string) => textOf(form, name)
  const typed = textsOf(form, ["to", "name", "mailbox", "subject", "text"])
  const refused = (why: string, writtenIn: number | null = null) =>
    json({ refused: why, writtenIn, typed }, { status: 422 })
  const files = replyFiles(await filesOf(form, "file"))
  if (typeof files === "string") return refused(files)
  const given = {
    files,
    draftFiles: idsOf(form, "draftFile"),
    mailboxId: idFrom(text("mailbox")) ?? 0,
    agentId: viewer.id,
    to: { name: text("name"), address: text("to") },
    subject: text("subject"),
    text: text("text"),
    again: form.has("again"),
    opId: by.opId ?? null,
    undoSeconds: await setting("replies.undoSeconds"),
  }
  const done = await startCase(viewer, given, deskNow())
  if (typeof done === "string") return refused(done)
  if (isWritten(done)) {
    // The second half of a double press, or another window: files chosen with it are kept for who means it.
    await addToDraft({ caseNumber: null, agentId: viewer.id }, files, deskNow())
    return refused("written already", done.writtenIn)
  }
  await dropFormDraft(viewer.id, "/cases/new")
  return redirect(`/cases/${done.caseNumber}`)
}

export const meta: MetaFunction<typeof loader, { root: typeof root }> = ({ matches }) =>
  titleOf("Write to a customer", matches.find(({ id }) => id === "root")?.data)

export default function NewCase() {
  const { mailboxes, files } = useLoaderData<typeof loader>()
  const { refused, writtenIn, typed } = useActionData<typeof action>() ?? {}
  const boxes = mailboxes.map(({ id, name, address }) => ({ value: String(id), label: `${name} <${address}>` }))
  return (
    <section className="page page--narrow" aria-labelledby="new-title">
      <h1 id="new-title">Write to a customer</h1>
      <p className="quiet">A case of its own, with you. It waits on them until they answer; no rating is asked.</p>
      <WritingForm className="form new-case" encType="multipart/form-data">
        <Field
          label="To"
          name="to"
          type="email"
          required
          autoComplete="off"
          defaultValue={typed?.to}
          error={errorFor("to", refused)}
        />
        <Field label="Their name" name="name" autoComplete="off" defaultValue={typed?.name} hint="If you know it" />
        <Choice
          label="From"
          name="mailbox"
          options={boxes}
          defaultValue={typed?.mailbox}
          error={errorFor("mailbox", refused)}
        />
        <Field
          label="Subject"
          name="subject"
          required
          defaultValue={typed?.subject}
          error={errorFor("subject", refused)}
        />
        <Area label="Message" name="text" required defaultValue={typed?.text} error={errorFor("text", refused)} />
        <TooLong />
        <Files waiting={files} to="/cases/new/files" sentTo="/cases/new" />
        {writtenIn ? <WrittenAlready number={writtenIn} /> : null}
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

function WrittenAlready({ number }: { number: number }) {
  return (
    <div className="notice notice--warn" role="status">
      <p>
        Not sent: you sent the same words to the same address already, perhaps from another window, in{" "}
        <Link to={`/cases/${number}`}>#{number}</Link>.
      </p>
      <Again words="Send it again" />
    </div>
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

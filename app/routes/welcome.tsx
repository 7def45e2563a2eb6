import { type ActionFunctionArgs, json, type MetaFunction, redirect } from "@remix-run/node"
import { Form, useActionData, useLoaderData } from "@remix-run/react"
import { deskNow } from "#app/clock.server.ts"
import { Face } from "#app/components/face.tsx"
import { Check, Field } from "#app/components/field.tsx"
import { NewPassword } from "#app/components/new-password.tsx"
import { textOf } from "#app/form.ts"
import { hasAgents } from "#app/models/people/agent.server.ts"
import { codeRefusal, setUpDesk } from "#app/models/people/first-run.server.ts"
import { cookiesOf, openBrowser } from "#app/models/people/sign-in.server.ts"
import { refusedWith, retryAfter } from "#app/refusal-answer.ts"

/** Open once, until somebody has an account. */
export async function loader() {
  if (await hasAgents()) throw redirect("/sign-in")
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions()
  return json({ timeZone, zones: Intl.supportedValuesOf("timeZone") })
}

export async function action({ request, context }: ActionFunctionArgs) {
  if (await hasAgents()) return redirect("/sign-in")
  const form = await request.formData()
  const { code, password, ...typed } = firstDesk(form)
  const wrong = await codeRefusal(code, String(context.remote ?? ""), deskNow())
  if (wrong !== null) return json({ typed, code: wrong.words, error: null }, refusedWith(wrong.waitSeconds))
  const mailboxes = [typed.mailbox]
  const done = await setUpDesk({ ...typed, password, mailboxes }, deskNow())
  if ("refused" in done) return json({ typed, code: null, error: done.refused }, { status: 422 })
  return redirect("/", { headers: cookiesOf(await openBrowser(request, done.agentId, deskNow())) })
}

export const headers = retryAfter

export const meta: MetaFunction = () => [{ title: "Welcome · Upturn" }]

export default function Welcome() {
  const answer = useActionData<typeof action>()
  return (
    <main className="alone" id="main">
      <header className="stack stack--tight">
        <p>
          <Face face="happy" size={40} />
        </p>
        <h1>Set up your desk</h1>
        <p className="quiet">Two minutes, once. Everything here can be changed later under Settings.</p>
      </header>
      <Form method="post" className="form" reloadDocument>
        {answer?.error ? (
          <p className="notice notice--bad" role="alert">
            {answer.error}
          </p>
        ) : null}
        <Field
          label="Code"
          name="code"
          required
          autoComplete="off"
          hint="Printed where the desk was started, so that nobody else can do this first."
          error={answer?.code}
        />
        <DeskFields typed={answer?.typed} />
        <AdminFields typed={answer?.typed} />
        <Check
          label="Fill the desk with a demo"
          name="demo"
          hint="Two years of a made-up team, to look around in. For trying out: start real work on an empty desk."
          defaultChecked={answer?.typed.wantsDemo ?? false}
        />
        <div className="form__foot">
          <button className="button button--primary" type="submit">
            Open the desk
          </button>
        </div>
      </Form>
    </main>
  )
}

type Typed = Omit<ReturnType<typeof firstDesk>, "code" | "password">

function DeskFields({ typed }: { typed: Typed | undefined }) {
  const { timeZone, zones } = useLoaderData<typeof loader>()
  return (
    <>
      <Field
        label="The desk's name"
        name="deskName"
        required
        maxLength={60}
        hint="What customers see, such as Acme Support."
        defaultValue={typed?.deskName}
      />
      <Field
        label="First address to answer"
        name="mailbox"
        type="email"
        required
        hint="Such as help@acme.com. You answer it yourself until there are others."
        defaultValue={typed?.mailbox}
      />
      <Field
        label="Time zone"
        name="timeZone"
        required
        list="zones"
        hint="Days and years are counted in it."
        defaultValue={typed?.timeZone ?? timeZone}
      />
      <datalist id="zones">
        {zones.map((zone) => (
          <option key={zone} value={zone} />
        ))}
      </datalist>
    </>
  )
}

const AdminFields = ({ typed }: { typed: Typed | undefined }) => (
  <>
    <Field label="Your name" name="name" required autoComplete="name" maxLength={100} defaultValue={typed?.name} />
    <Field
      label="Your email"
      name="email"
      type="email"
      required
      autoComplete="username"
      hint="To sign in with."
      defaultValue={typed?.email}
    />
    <NewPassword label="Password" error={undefined} isFirst={false} />
  </>
)

function firstDesk(form: FormData) {
  return {
    code: textOf(form, "code"),
    deskName: textOf(form, "deskName"),
    mailbox: textOf(form, "mailbox"),
    timeZone: textOf(form, "timeZone"),
    name: textOf(form, "name"),
    email: textOf(form, "email"),
    password: textOf(form, "password"),
    wantsDemo: form.get("demo") === "on",
  }
}

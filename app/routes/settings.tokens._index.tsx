import { type ActionFunctionArgs, json, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node"
import { useActionData, useLoaderData } from "@remix-run/react"
import { deskNow } from "#app/clock.server.ts"
import { Check, Field } from "#app/components/field.tsx"
import { PostForm } from "#app/components/post-form.tsx"
import { ShownOnce } from "#app/components/settings/shown-once.tsx"
import { Day, Time } from "#app/components/time.tsx"
import { titleOf } from "#app/components/title.ts"
import { textOf } from "#app/form.ts"
import { listTokens, makeToken } from "#app/models/people/api-token.server.ts"
import { requireFreshAdmin } from "#app/models/people/session.server.ts"
import { freshPressForm } from "#app/press-form.server.ts"
import type { loader as root } from "#app/root.tsx"

export async function loader({ request }: LoaderFunctionArgs) {
  await requireFreshAdmin(request)
  return json({ tokens: await listTokens() })
}

export async function action({ request }: ActionFunctionArgs) {
  const { by, form } = await freshPressForm(request)
  const name = textOf(form, "name").trim().slice(0, 100)
  if (name === "") return json({ made: null, error: "Say what it is for" }, { status: 422 })
  const token = await makeToken(name, form.get("write") === "on" ? ["read", "write"] : ["read"], deskNow(), by)
  return json({ made: { name, token }, error: null })
}

export const meta: MetaFunction<typeof loader, { root: typeof root }> = ({ matches }) =>
  titleOf("API tokens", matches.find(({ id }) => id === "root")?.data)

export default function Tokens() {
  const { tokens } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  return (
    <section className="stack stack--wide" aria-labelledby="tokens">
      <h2 id="tokens">API tokens</h2>
      <p className="quiet">Programs of yours read cases, ratings and reports with one, and with write also answer.</p>
      {answer?.made ? (
        <ShownOnce secret={answer.made.token}>
          The token for {answer.made.name}. Keep it somewhere safe: it is not shown again.
        </ShownOnce>
      ) : null}
      <ul className="stack">
        {tokens.map((token) => (
          <Token key={token.id} token={token} />
        ))}
      </ul>
      <PostForm className="form" key={answer?.made?.token ?? ""}>
        <h3>Make a token</h3>
        <Field label="What it is for" name="name" required maxLength={100} error={answer?.error} />
        <Check label="May write" name="write" hint="Answer, start and close cases, hand them over." />
        <div className="form__foot">
          <button className="button button--primary" type="submit">
            Make it
          </button>
        </div>
      </PostForm>
    </section>
  )
}

type Shown = { id: number; name: string; mayWrite: boolean; createdAt: string; lastUsedAt: string | null }

const Token = ({ token }: { token: Shown }) => (
  <li className="row row--apart">
    <span>
      {token.name}, {token.mayWrite ? "reads and writes" : "reads"}
      <span className="quiet">
        , made <Day at={token.createdAt} />,{" "}
        {token.lastUsedAt ? (
          <>
            last used <Time at={token.lastUsedAt} />
          </>
        ) : (
          "never used"
        )}
      </span>
    </span>
    <PostForm action="/settings/tokens/revocation">
      <button className="button button--quiet button--small" type="submit" name="id" value={token.id}>
        Revoke<span className="spoken"> {token.name}</span>
      </button>
    </PostForm>
  </li>
)

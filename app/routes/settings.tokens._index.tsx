import { type ActionFunctionArgs, json, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node"
import { useActionData, useLoaderData } from "@remix-run/react"
import { deskNow } from "#app/clock.server.ts"
import { ShownOnce } from "#app/components/settings/shown-once.tsx"
import { TokenForm } from "#app/components/settings/token-form.tsx"
import { TokenRow } from "#app/components/settings/token-row.tsx"
import { titleOf } from "#app/components/title.ts"
import { idsOf, textOf } from "#app/form.ts"
import { listTokens, makeTokenFor } from "#app/models/people/api-token.server.ts"
import { expiryFrom } from "#app/models/people/expiry.ts"
import { listMailboxes } from "#app/models/people/mailbox.server.ts"
import { scopes } from "#app/models/people/scope.ts"
import { requireFreshAdmin } from "#app/models/people/session.server.ts"
import { freshPressForm } from "#app/press-form.server.ts"
import type { loader as root } from "#app/root.tsx"

export async function loader({ request }: LoaderFunctionArgs) {
  await requireFreshAdmin(request)
  const [tokens, boxes] = await Promise.all([listTokens(), listMailboxes()])
  const now = deskNow()
  const nameOf = (id: number) => boxes.find((box) => box.id === id)?.name ?? "a closed mailbox"
  const shown = tokens.map(({ mailboxIds, ownerLeft, ...token }) => ({
    ...token,
    mailboxes: mailboxIds?.map(nameOf) ?? null,
    ownerLeft: ownerLeft !== null,
    isOver: token.expiresAt !== null && token.expiresAt <= now,
  }))
  return json({ tokens: shown, mailboxes: boxes.map(({ id, name }) => ({ id, name })) })
}

export async function action({ request }: ActionFunctionArgs) {
  const { by, form } = await freshPressForm(request)
  const name = textOf(form, "name").trim().slice(0, 100)
  if (name === "") return refused("name", "Say what it is for")
  const held = scopes.filter((scope) => form.get(scope) === "on")
  if (held.length === 0) return refused("scopes", "Tick at least one")
  const expiresAt = expiryFrom(textOf(form, "expires"), deskNow())
  if (expiresAt !== null && "refused" in expiresAt) return refused("expires", expiresAt.refused)
  const chosen = idsOf(form, "mailbox").filter((id) => by.mailboxIds.includes(id))
  // A mailbox that is gone must not turn "some" into "all".
  if (form.has("mailbox") && chosen.length === 0) return refused("scopes", "That mailbox is no longer there")
  const limits = { ownerId: by.id, mailboxIds: chosen.length > 0 ? chosen : null, expiresAt }
  const token = await makeTokenFor(by, name, held, deskNow(), limits)
  if (token === null) return refused("name", "A token of that name is in use. Choose another, or revoke that one first")
  return json({ made: { name, token }, error: null, field: null })
}

const refused = (field: string, words: string) => json({ made: null, error: words, field }, { status: 422 })

export const meta: MetaFunction<typeof loader, { root: typeof root }> = ({ matches }) =>
  titleOf("API tokens", matches.find(({ id }) => id === "root")?.data)

export default function Tokens() {
  const { tokens, mailboxes } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  return (
    <section className="stack stack--wide" aria-labelledby="tokens">
      <h2 id="tokens">API tokens</h2>
      <p className="quiet">Programs use a token to reach the API, within the scopes and mailboxes listed.</p>
      {answer?.made ? (
        <ShownOnce secret={answer.made.token}>
          The token for {answer.made.name}. Keep it somewhere safe: it is not shown again.
        </ShownOnce>
      ) : null}
      {tokens.length > 0 ? <Table tokens={tokens} /> : null}
      <TokenForm
        key={answer?.made?.token ?? ""}
        mailboxes={mailboxes}
        wrong={answer?.error ? { field: answer.field, words: answer.error } : null}
      />
    </section>
  )
}

const Table = ({ tokens }: Pick<ReturnType<typeof useLoaderData<typeof loader>>, "tokens">) => (
  <div className="table-frame">
    <table className="table">
      <thead>
        <tr>
          {["Name", "Scopes", "Mailboxes", "Owner", "Created", "Last used", "Expires", "Revoke"].map((title) => (
            <th scope="col" key={title}>
              {title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {tokens.map((token) => (
          <TokenRow key={token.id} token={token} />
        ))}
      </tbody>
    </table>
  </div>
)

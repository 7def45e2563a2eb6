import { PostForm } from "#app/components/post-form.tsx"
import { freshPressForm } from "#app/press-form.server.ts"
import "../styles/dns-record.css"
import { type ActionFunctionArgs, json, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node"
import { Link, useActionData, useLoaderData } from "@remix-run/react"
import { deskNow } from "#app/clock.server.ts"
import { DnsRecord } from "#app/components/settings/dns-record.tsx"
import { Time } from "#app/components/time.tsx"
import { titleOf } from "#app/components/title.ts"
import { idFrom, textOf } from "#app/form.ts"
import { mailboxOr404 } from "#app/mailbox-asked.server.ts"
import { deskServer } from "#app/models/mail/desk-server.server.ts"
import { checkKey, domainOf, forgetKey, makeKey } from "#app/models/mail/dkim.server.ts"
import { dnsAround, signingOf } from "#app/models/mail/signing.server.ts"
import { requireAdmin } from "#app/models/people/session.server.ts"
import type { loader as root } from "#app/root.tsx"

export async function loader({ request, params }: LoaderFunctionArgs) {
  await requireAdmin(request)
  const box = await mailboxOr404(params.mailboxId)
  return json({ box, ...(await signingOf(box.address)) })
}

/** Every press ends on the page as it is by then. */
export async function action({ request, params }: ActionFunctionArgs) {
  const { by, form } = await freshPressForm(request)
  const { id, address } = await mailboxOr404(params.mailboxId)
  const [act, keyId, domain] = [textOf(form, "act"), idFrom(textOf(form, "key")) ?? 0, domainOf(address)]
  if (act === "check around") return json(await dnsAround(address, deskServer()))
  if (act === "make") await makeKey(by, domain, textOf(form, "kind") === "ed25519" ? "ed25519" : "rsa", deskNow())
  if (act === "check") await checkKey(by, domain, keyId, deskNow())
  if (act === "forget") await forgetKey(by, domain, keyId)
  return redirect(`/settings/signing/${id}`)
}

export const meta: MetaFunction<typeof loader, { root: typeof root }> = ({ data, matches }) =>
  titleOf(`Signing for ${data?.domain ?? "a domain"}`, matches.find(({ id }) => id === "root")?.data)

export default function Signing() {
  const { box, domain, keys } = useLoaderData<typeof loader>()
  return (
    <section className="stack stack--wide" aria-labelledby="signing">
      <header className="page__head">
        <h2 id="signing">Signing for {domain}</h2>
        <p className="quiet">
          A signature shows other servers that mail is from you and was not changed (DKIM). Make a key, publish its
          record where your domain's DNS is kept, then check: the desk signs from the moment DNS tells the key.
        </p>
      </header>
      {keys.map((key) => (
        <Key key={key.id} of={key} />
      ))}
      <PostForm className="row">
        <input type="hidden" name="act" value="make" />
        <button
          className={`button ${keys.length === 0 ? "button--primary" : ""}`}
          name="kind"
          value="rsa"
          type="submit"
        >
          Make {keys.length === 0 ? "a" : "another"} key
        </button>
        <button className="button button--quiet" name="kind" value="ed25519" type="submit">
          Make an Ed25519 key beside it
        </button>
      </PostForm>
      <Around />
      <p>
        <Link to={`/settings/mailboxes/${box.id}`}>Back to {box.name}</Link>
      </p>
    </section>
  )
}

type Key = ReturnType<typeof useLoaderData<typeof loader>>["keys"][number]

function Key({ of: { id, selector, algorithm, publishedAt, checkedAt, checkWords, record } }: { of: Key }) {
  return (
    <article className="notice stack stack--tight" aria-labelledby={`key-${id}`}>
      <h3 id={`key-${id}`}>
        {selector} <span className="quiet small">{algorithm === "rsa" ? "RSA, 2048 bits" : "Ed25519"}</span>
      </h3>
      <p>
        {publishedAt ? (
          <>
            Signs all mail since <Time at={publishedAt} />.
          </>
        ) : (
          "Signs nothing yet: publish this record, then check."
        )}
      </p>
      <DnsRecord record={record} />
      {checkedAt ? (
        <p className="small">
          {checkWords} Checked <Time at={checkedAt} />.
        </p>
      ) : null}
      <PostForm className="row">
        <input type="hidden" name="key" value={id} />
        <button className="button button--small" name="act" value="check" type="submit">
          Check
        </button>
        <button className="button button--small button--quiet" name="act" value="forget" type="submit">
          Forget this key
        </button>
      </PostForm>
    </article>
  )
}

/** The other two records that decide whether mail is believed. What to publish depends on what is there. */
function Around() {
  const { domain, isOthers } = useLoaderData<typeof loader>()
  const found = useActionData<typeof action>()
  return (
    <section className="stack stack--tight" aria-labelledby="around">
      <h3 id="around">The two records beside it</h3>
      {isOthers ? (
        <p>
          {domain} is a provider's: its records are theirs to publish, and mail sent by their own server is in order.
        </p>
      ) : null}
      <p>SPF names the servers that may send for the domain.</p>
      {found ? <p className="small">{found.spf.words}</p> : null}
      {found?.records.spf ? <DnsRecord record={found.records.spf} /> : null}
      <p>DMARC tells others what to do with mail that fails both. A first one only watches.</p>
      {found ? <p className="small">{found.dmarc.words}</p> : null}
      {found?.records.dmarc ? <DnsRecord record={found.records.dmarc} /> : null}
      {found ? null : <p className="small">Check, and the desk looks at what is there and says what to change.</p>}
      <PostForm>
        <button className="button button--small" name="act" value="check around" type="submit">
          Check these two
        </button>
      </PostForm>
    </section>
  )
}

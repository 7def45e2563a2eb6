import "../styles/mail.css"
import { json, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node"
import { Link, useLoaderData } from "@remix-run/react"
import { LedgerRow } from "#app/components/ledger-row.tsx"
import { SetAside } from "#app/components/settings/set-aside.tsx"
import { titleOf } from "#app/components/title.ts"
import { useListKeys } from "#app/components/use-list-keys.ts"
import { idFrom } from "#app/form.ts"
import { fates, fateWords } from "#app/models/mail/fate.ts"
import { asideOf } from "#app/models/mail/imap-set-aside.server.ts"
import { isLedgerFilter, ledgerPage, ledgerRecord, problemMail } from "#app/models/mail/ledger.server.ts"
import { requireLead } from "#app/models/people/session.server.ts"
import type { loader as root } from "#app/root.tsx"

export async function loader({ request }: LoaderFunctionArgs) {
  const viewer = await requireLead(request)
  const query = new URL(request.url).searchParams
  const asked = query.get("fate") ?? ""
  const fate = isLedgerFilter(asked) ? asked : null
  const before = idFrom(query.get("before") ?? undefined)
  const isFirst = fate === null && before === null
  const [page, problems, aside] = await Promise.all([
    ledgerPage(viewer, fate, before),
    isFirst ? problemMail(viewer) : [],
    asideOf(isFirst ? viewer.mailboxIds : []),
  ])
  return json({ fate, before, rows: page.rows.map(shown), next: page.next, problems: problems.map(shown), aside })
}

const shown = (row: Parameters<typeof ledgerRecord>[0]) => ({ ...ledgerRecord(row), lastError: row.lastError })

export const meta: MetaFunction<typeof loader, { root: typeof root }> = ({ data, matches }) => {
  const wrong = data?.problems.length ? ` (${data.problems.length})` : ""
  return titleOf(`Mail${wrong}`, matches.find(({ id }) => id === "root")?.data)
}

export default function MailLedger() {
  const { fate, before, rows, next, problems, aside } = useLoaderData<typeof loader>()
  useListKeys()
  return (
    <section className="page ledger" aria-labelledby="mail-title">
      <header className="page__head">
        <h1 id="mail-title">Mail</h1>
        <p className="quiet">Every email that came in, and what became of it.</p>
      </header>
      <Fates />
      <SetAside mails={aside} />
      {problems.length > 0 ? (
        <section className="stack stack--tight" aria-labelledby="mail-problems">
          <h2 id="mail-problems">Could not be read</h2>
          <Rows rows={problems} />
          <h2>Everything, newest first</h2>
        </section>
      ) : null}
      {rows.length > 0 ? <Rows rows={rows} /> : <p className="empty">{emptyWords(fate, before)}</p>}
      {next ? (
        <Link className="button" to={`/mail?${fate ? `fate=${fate}&` : ""}before=${next}`} rel="next">
          Older mail
        </Link>
      ) : null}
    </section>
  )
}

type Row = ReturnType<typeof useLoaderData<typeof loader>>["rows"][number]

function Rows({ rows }: { rows: Row[] }) {
  return (
    <ul className="ledger__list">
      {rows.map((row) => (
        <LedgerRow key={row.id} row={row} />
      ))}
    </ul>
  )
}

function Fates() {
  const { fate } = useLoaderData<typeof loader>()
  const names: [string | null, string][] = [
    [null, "All"],
    ["waiting", "Waiting"],
    ...fates.map((one): [string, string] => [one, fateWords[one]]),
  ]
  return (
    <nav className="row ledger__fates" aria-label="Which mail">
      {names.map(([key, name]) => (
        <Link key={name} to={key ? `/mail?fate=${key}` : "/mail"} aria-current={key === fate ? "page" : undefined}>
          {name}
        </Link>
      ))}
    </nav>
  )
}

function emptyWords(fate: string | null, before: number | null) {
  if (before) return "That was the last of it."
  if (fate === "waiting") return "Nothing waits. New mail is handled within a second or two."
  return fate ? "No mail has met this fate." : "No mail has come in yet. It will stand here the moment it does."
}

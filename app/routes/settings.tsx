import { json, type LoaderFunctionArgs } from "@remix-run/node"
import { NavLink, Outlet } from "@remix-run/react"
import { requireAdmin } from "#app/models/people/session.server.ts"

export async function loader({ request }: LoaderFunctionArgs) {
  await requireAdmin(request)
  return json(null)
}

const places = [
  { to: "/settings/people", name: "People" },
  { to: "/settings/mailboxes", name: "Mailboxes" },
  { to: "/settings/senders", name: "Senders" },
  { to: "/settings/mail", name: "Mail" },
  { to: "/settings/desk", name: "Desk" },
  { to: "/settings/address", name: "Address" },
  { to: "/settings/sharing", name: "Sharing" },
  { to: "/settings/holidays", name: "Holidays" },
  { to: "/settings/tokens", name: "API tokens" },
  { to: "/settings/warnings", name: "Warnings" },
]

/** The rooms of the settings, around each of their pages. */
export default function Settings() {
  return (
    <div className="page page--narrow">
      <h1>Settings</h1>
      <nav className="tabs" aria-label="Settings">
        {places.map(({ to, name }) => (
          <NavLink key={to} to={to}>
            {name}
          </NavLink>
        ))}
      </nav>
      <Outlet />
    </div>
  )
}

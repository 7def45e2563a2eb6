import "@fontsource-variable/source-sans-3/wght.css"
import "./styles/tokens.css"
import "./styles/base.css"
import "./styles/form.css"
import "./styles/parts.css"
import { isRouteErrorResponse, Links, Meta, Outlet, Scripts, ScrollRestoration, useRouteError } from "@remix-run/react"
import type { ReactNode } from "react"
import { useNonce } from "./nonce.ts"

export function Layout({ children }: { children: ReactNode }) {
  const nonce = useNonce()
  const script = nonce ? { nonce } : {}
  return (
    <html lang="en">
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <Meta />
        <Links />
      </head>
      <body>
        {children}
        <ScrollRestoration {...script} />
        <Scripts {...script} />
      </body>
    </html>
  )
}

export default function App() {
  return <Outlet />
}

export function ErrorBoundary() {
  const error = useRouteError()
  return <h1>{isRouteErrorResponse(error) ? error.status : "Something went wrong"}</h1>
}

import "@fontsource-variable/source-sans-3/wght.css"
import "./styles/tokens.css"
import "./styles/base.css"
import "./styles/form.css"
import "./styles/parts.css"
import "./styles/frame.css"
import "./styles/case-list.css"
import "./styles/search.css"
import "./styles/case.css"
import "./styles/stood.css"
import "./styles/composer.css"
import "./styles/people.css"
import "./styles/print.css"
import { randomUUID } from "node:crypto"
import { json, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node"
import {
  Links,
  Meta,
  Outlet,
  Scripts,
  ScrollRestoration,
  useLoaderData,
  useLocation,
  useRouteError,
  useRouteLoaderData,
} from "@remix-run/react"
import type { ReactNode } from "react"
import { deskNow } from "./clock.server.ts"
import { Failure, words } from "./components/failure.tsx"
import { Frame } from "./components/frame.tsx"
import { isForCustomers, schemeOf } from "./components/scheme.ts"
import { DeskTimeContext } from "./components/time.tsx"
import { frameFacts } from "./frame.server.ts"
import { pageIdFor } from "./models/people/page-owner.ts"
import { useNonce } from "./nonce.ts"
import icon from "./styles/icon.svg"

export async function loader({ request }: LoaderFunctionArgs) {
  const scheme = schemeOf(request.headers.get("cookie"))
  const now = deskNow()
  if (isForCustomers(new URL(request.url).pathname))
    return json({ scheme: null, now, zone: "UTC", frame: null, pageId: "", typed: [] })
  const { zone, frame, typed } = await frameFacts(request, now)
  return json({
    scheme,
    now,
    zone,
    frame: frame && { ...frame, scheme },
    pageId: pageIdFor(frame?.me.id ?? null, randomUUID()),
    typed,
  })
}

/** Counts and load change by themselves: every step through the desk asks again. */
export const shouldRevalidate = () => true

export const meta: MetaFunction<typeof loader> = ({ error }) => [{ title: error ? words(error).title : "Upturn" }]

export function Layout({ children }: { children: ReactNode }) {
  const desk = useRouteLoaderData<typeof loader>("root")
  const nonce = useNonce()
  const script = nonce ? { nonce } : {}
  const isQuiet = isForCustomers(useLocation().pathname)
  return (
    <html lang="en" {...(desk?.scheme ? { "data-scheme": desk.scheme } : {})}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content={desk?.scheme ?? "light dark"} />
        <link rel="icon" href={icon} type="image/svg+xml" />
        <Meta />
        <Links />
      </head>
      <body>
        {children}
        {/* A customer's page needs no script, in any mail program's browser. */}
        {isQuiet ? null : <ScrollRestoration {...script} />}
        {isQuiet ? null : <Scripts {...script} />}
      </body>
    </html>
  )
}

export default function App() {
  const { now, zone, frame } = useLoaderData<typeof loader>()
  return (
    <DeskTimeContext.Provider value={{ now, zone }}>
      {frame ? (
        <Frame key={frame.me.id} facts={frame}>
          <Outlet />
        </Frame>
      ) : (
        <Outlet />
      )}
    </DeskTimeContext.Provider>
  )
}

export function ErrorBoundary() {
  const error = useRouteError()
  const desk = useRouteLoaderData<typeof loader>("root")
  if (!desk?.frame)
    return (
      <main>
        <Failure error={error} />
      </main>
    )
  return (
    <DeskTimeContext.Provider value={desk}>
      <Frame facts={desk.frame}>
        <Failure error={error} />
      </Frame>
    </DeskTimeContext.Provider>
  )
}

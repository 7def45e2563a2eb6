export type Scheme = "light" | "dark"

/** What the colour-scheme switch was last set to; null follows the system. */
export function schemeOf(cookies: string | null): Scheme | null {
  const chosen = /(?:^|;\s*)scheme=(light|dark)(?:;|$)/.exec(cookies ?? "")?.[1]
  return chosen === "light" || chosen === "dark" ? chosen : null
}

/** The customer's side: no frame, no script, nothing that knows who is signed in. */
export const isForCustomers = (pathname: string) => pathname === "/r" || pathname.startsWith("/r/")

import { useRouteLoaderData } from "@remix-run/react"
import type { loader } from "#app/root.tsx"

/** What the frame knows: me, counts, mailboxes. Null outside it. */
export const useRootFrame = () => useRouteLoaderData<typeof loader>("root")?.frame ?? null

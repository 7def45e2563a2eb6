import { useRouteLoaderData } from "@remix-run/react"
import type { loader } from "#app/root.tsx"

/** What every page knows; undefined where even that failed. */
export const useRoot = () => useRouteLoaderData<typeof loader>("root")

/** What the frame knows: me, counts, mailboxes. Null outside it. */
export const useRootFrame = () => useRoot()?.frame ?? null

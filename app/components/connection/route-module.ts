import { retried } from "./retry-fetch.ts"

type Route = { id: string; module: string; imports?: string[] }
type Modules = Record<string, unknown>

/**
 * In place of Remix's own, which loads the page anew where a part of it cannot be fetched: that takes away what is
 * being written, and shows nothing at all while the desk is away. The files are fetched first, as often as it takes.
 */
export async function loadRouteModule(route: Route, known: Modules): Promise<unknown> {
  if (route.id in known) return known[route.id]
  const files = await Promise.all([route.module, ...(route.imports ?? [])].map(fetched))
  if (!files.every((file) => file.ok)) return wholePage()
  const loaded: unknown = await import(/* @vite-ignore */ route.module).catch(wholePage)
  known[route.id] = loaded
  return loaded
}

const fetched = (path: string) =>
  retried(window.fetch.bind(window), { url: new URL(path, location.href), init: {}, asking: "page" })

/** A desk of another version has other files: the page one goes to is loaded as a whole. */
function wholePage() {
  const to = window.__remixRouter?.state.navigation.location
  if (to) location.assign(to.pathname + to.search)
  else location.reload()
  return new Promise(() => {})
}

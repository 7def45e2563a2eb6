import type { ServerBuild } from "@remix-run/node"

type Route = NonNullable<ServerBuild["routes"][string]>

/** A route that only takes a press says so when it is opened; Remix would call that a bad request. */
export function answering(route: Route): Route {
  const { module } = route
  if (!module.action || module.loader || module.default) return route
  const loader = () => {
    throw new Response("This address accepts POST only.", { status: 405, headers: { Allow: "POST" } })
  }
  return { ...route, module: { ...module, loader } }
}

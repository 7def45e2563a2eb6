import { json } from "@remix-run/node"
import { openApi } from "#app/api/document.ts"
import { linkOrigin } from "#app/models/people/base-url.ts"
import { settings } from "#app/models/people/settings.server.ts"

/** The API described, for people and programs alike; it says nothing about this desk, so it asks for no token. */
export async function loader() {
  return json(openApi(linkOrigin(await settings())))
}

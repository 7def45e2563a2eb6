import { json } from "@remix-run/node"
import { openApi } from "#app/api/document.ts"
import { setting } from "#app/models/people/settings.server.ts"

/** The API described, for people and programs alike; it says nothing about this desk, so it asks for no token. */
export async function loader() {
  return json(openApi(await setting("web.baseUrl")))
}

import { type ActionFunctionArgs, redirect } from "@remix-run/node"
import { localPath } from "#app/models/people/local-path.ts"

/** Remembers light or dark for this browser; anything else forgets it. */
export async function action({ request }: ActionFunctionArgs) {
  const form = await request.formData()
  const chosen = form.get("scheme")
  const kept = chosen === "light" || chosen === "dark" ? `${chosen}; Max-Age=31536000` : "; Max-Age=0"
  const secure = request.url.startsWith("https:") ? "; Secure" : ""
  return redirect(localPath(String(form.get("back") ?? "/")), {
    headers: { "Set-Cookie": `scheme=${kept}; Path=/; SameSite=Lax; HttpOnly${secure}` },
  })
}

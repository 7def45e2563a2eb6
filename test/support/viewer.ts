import type { Viewer } from "#app/models/people/agent.ts"
import { billing, help } from "#test/fixtures/desk.ts"

type Person = { id: number; name: string; email: string; role: "agent" | "lead" | "admin" }

/** A person of the cast as the one who asks. Cy answers help only, everyone else both mailboxes. */
export function viewer({ id, name, email, role }: Person): Viewer {
  return { id, name, email, role, mailboxIds: name === "Cy Novak" ? [help.id] : [help.id, billing.id] }
}

/** What a token may do. `read`: everything of its mailboxes; `write`: change them; `metrics`: /metrics alone; `admin`: all three. */
export const scopes = ["read", "write", "metrics", "admin"] as const
export type Scope = (typeof scopes)[number]

export const isScope = (text: string): text is Scope => scopes.some((scope) => scope === text)

export const allows = (held: readonly Scope[], asked: Scope) => held.includes(asked) || held.includes("admin")

export const scopeWords: Record<Scope, { label: string; hint: string }> = {
  read: { label: "Read", hint: "Cases, mail, ratings, reports, people." },
  write: {
    label: "Write",
    hint: "Hand mail in, answer, start and close cases, hand them over. Alone it reads only what it wrote.",
  },
  metrics: { label: "Metrics", hint: "Read /metrics, nothing else." },
  admin: { label: "Everything", hint: "All of these." },
}

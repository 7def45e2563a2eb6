import { type Role, roles } from "#app/models/people/agent.ts"
import { Check, Choice, Field } from "../field.tsx"

export type Person = {
  name: string
  role: Role
  loadLimit: number
  mailboxIds: number[]
  skills: string[]
  mailboxLimits: Limits
}
type Limits = { mailboxId: number; limit: number | null }[]
type Props = { person: Person; mailboxes: { id: number; name: string; address: string }[] }

const what: Record<Role, string> = {
  agent: "Agent: answers",
  lead: "Lead: also sees reports, people and all frowns",
  admin: "Admin: also sets up the desk",
}

/** What an admin decides about a person, new or known. */
export function PersonFields({ person, mailboxes }: Props) {
  return (
    <>
      <Field
        label="Name"
        name="name"
        required
        maxLength={100}
        defaultValue={person.name}
        hint="Customers see it under replies."
      />
      <Choice
        label="Role"
        name="role"
        defaultValue={person.role}
        options={roles.map((value) => ({ value, label: what[value] }))}
      />
      <Field
        label="Limit"
        name="limit"
        type="number"
        min={1}
        max={100}
        required
        defaultValue={person.loadLimit}
        hint="Cases waiting on us that they take at once."
      />
      <fieldset className="stack stack--tight">
        <legend>Answers</legend>
        {mailboxes.map(({ id, name, address }) => (
          <div key={id} className="row row--apart">
            <Check
              label={`${name}, ${address}`}
              name="mailbox"
              value={id}
              defaultChecked={person.mailboxIds.includes(id)}
            />
            <input
              className="short"
              type="number"
              min={1}
              max={100}
              name={`limit-${id}`}
              aria-label={`Limit in ${name}`}
              placeholder="Limit"
              defaultValue={person.mailboxLimits.find(({ mailboxId }) => mailboxId === id)?.limit ?? ""}
            />
          </div>
        ))}
        <p className="field__hint">A limit for one mailbox is below the one for all. Empty: none of its own.</p>
      </fieldset>
      <Field
        label="Skills"
        name="skills"
        maxLength={600}
        defaultValue={person.skills.join(", ")}
        hint="Languages and what else they can, such as de, refunds. Mailboxes may ask for them."
      />
    </>
  )
}

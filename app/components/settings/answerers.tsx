import { Check } from "../field.tsx"

type Props = { people: { id: number; name: string }[]; chosen: number[] }

/** Who answers a mailbox: a box to tick for everybody on the desk. */
export const AnswerersField = ({ people, chosen }: Props) => (
  <fieldset className="stack stack--tight">
    <legend>Answered by</legend>
    {people.map(({ id, name }) => (
      <Check key={id} label={name} name="agent" value={id} defaultChecked={chosen.includes(id)} />
    ))}
  </fieldset>
)

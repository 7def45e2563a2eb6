import type { Stood } from "#app/models/sharing/why.ts"

type Props = { caption: string; day: "that day" | "today"; stood: readonly Stood[] }

/** How everybody stood when a case was given, or would be: a table on a wide screen, a short list on a narrow one. */
export function StoodTable({ caption, day, stood }: Props) {
  return (
    <table className="table stood small">
      <caption>{caption}</caption>
      <thead>
        <tr>
          <th scope="col">Person</th>
          <th scope="col">Load</th>
          <th scope="col">Given {day}</th>
          <th scope="col">Without a new one</th>
          <th scope="col">Why, or why not</th>
        </tr>
      </thead>
      <tbody>
        {stood.map((one) => (
          <tr key={one.agentId} className={one.isChosen ? "stood__chosen" : undefined}>
            <th scope="row">{one.name}</th>
            <td data-name="Load">{one.load}</td>
            <td data-name={`Given ${day}`}>{one.share}</td>
            <td data-name="Without a new one">{one.idle}</td>
            <td className="stood__words">{one.words}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

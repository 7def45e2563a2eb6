import type { CasePage } from "./facts.ts"

type Props = Pick<CasePage, "participants"> & { mailbox: string; drafted: { address: string }[] }

/** Who the reply goes to. Whoever was named by somebody else's mail gets nothing until ticked (decisions 37). */
export function Recipients({ participants, mailbox, drafted }: Props) {
  const requester = participants.find(({ standing }) => standing === "requester")
  const others = participants.filter(({ standing }) => standing !== "requester")
  const known = new Set(participants.map(({ address }) => address))
  const more = drafted.map(({ address }) => address).filter((address) => !known.has(address))
  return (
    <details className="recipients" open={others.length > 0 || more.length > 0}>
      <summary className="recipients__head small">
        <span className="quiet">To</span> {requester ? requester.name || requester.address : "nobody yet"}
        {mailbox ? <span className="quiet"> from {mailbox}</span> : null}
      </summary>
      <div className="recipients__list small">
        {others.map(({ address, name, standing }) => (
          <label key={address} className="recipients__one">
            <input type="checkbox" name="cc" value={address} defaultChecked={standing === "accepted"} />{" "}
            {name && name !== address ? `${name} <${address}>` : address}
            {standing === "pending" ? (
              <strong className="recipients__new"> new here, check before ticking</strong>
            ) : null}
          </label>
        ))}
        <label className="recipients__add">
          <span>CC</span>
          <input
            type="text"
            name="cc"
            inputMode="email"
            autoComplete="off"
            defaultValue={more.join(", ")}
            placeholder="more addresses, with commas"
          />
        </label>
      </div>
    </details>
  )
}

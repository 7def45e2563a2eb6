type Cause = { key: string; name: string; group: string }

/** The cause book as one choice, in its two levels. */
export function CauseChoice({ id, causes, current }: { id: string; causes: readonly Cause[]; current: string | null }) {
  const groups = [...new Set(causes.map(({ group }) => group))]
  return (
    <div className="field">
      <label className="field__label" htmlFor={id}>
        Cause
      </label>
      <select id={id} name="cause" required defaultValue={current ?? ""}>
        <option value="">Not known yet</option>
        {groups.map((group) => (
          <optgroup key={group} label={group.slice(0, 1).toUpperCase() + group.slice(1)}>
            {causes
              .filter((cause) => cause.group === group)
              .map(({ key, name }) => (
                <option key={key} value={key}>
                  {name}
                </option>
              ))}
          </optgroup>
        ))}
      </select>
    </div>
  )
}

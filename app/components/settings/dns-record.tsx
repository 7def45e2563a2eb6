type Props = { record: { name: string; value: string; parts: string[] } }

/** A TXT record to copy: one field for each box a DNS provider has, and the form a zone file wants where they differ. */
export function DnsRecord({ record: { name, value, parts } }: Props) {
  return (
    <dl className="dns-record small">
      <dt>Type</dt>
      <dd>TXT</dd>
      <dt>Name</dt>
      <dd>
        <code>{name}</code>
      </dd>
      <dt>Value</dt>
      <dd>
        <code>{value}</code>
      </dd>
      {parts.length > 1 ? (
        <>
          <dt>In a zone file</dt>
          <dd>
            <code>{parts.map((part) => `"${part}"`).join(" ")}</code>
          </dd>
        </>
      ) : null}
    </dl>
  )
}

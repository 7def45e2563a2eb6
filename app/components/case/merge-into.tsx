import { Form } from "@remix-run/react"

/** Asks for the other case's number; both are shown before anything is merged. */
export function MergeInto({ number }: { number: number }) {
  return (
    <Form method="get" action={`/cases/${number}/merge`} className="row">
      <label htmlFor="merge-into">Merge into</label>
      <input id="merge-into" name="into" inputMode="numeric" size={7} required placeholder="#" />
      <button className="button button--small" type="submit">
        Look at both
      </button>
    </Form>
  )
}

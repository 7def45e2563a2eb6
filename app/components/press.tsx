import { Form } from "@remix-run/react"
import { onKey } from "./keys.ts"

type Props = {
  to: string
  words: string
  hotkey?: string
  quiet?: boolean
  /** What goes along with the press. */
  name?: string
  value?: string | number
}

/** One press, one verb: a form that is nothing but its button. */
export function Press({ to, words, hotkey, quiet, ...given }: Props) {
  return (
    <Form method="post" action={to}>
      <button
        className={quiet ? "button button--quiet button--small" : "button"}
        type="submit"
        {...given}
        {...(hotkey ? onKey(hotkey) : {})}
      >
        {words}
      </button>
    </Form>
  )
}

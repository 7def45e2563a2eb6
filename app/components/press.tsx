import { onKey } from "./keys.ts"
import { PostForm } from "./post-form.tsx"

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
    <PostForm action={to}>
      <button
        className={quiet ? "button button--quiet button--small" : "button"}
        type="submit"
        {...given}
        {...(hotkey ? onKey(hotkey) : {})}
      >
        {words}
      </button>
    </PostForm>
  )
}

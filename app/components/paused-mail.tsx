import { Link } from "@remix-run/react"
import { PostForm } from "./post-form.tsx"
import { Time } from "./time.tsx"

type Props = {
  box: { id: number; name: string; pausedAt: string | null; words: string }
  mayResume: boolean
  /** Left out where one is there already. */
  settings?: true
}

/** Nothing of this mailbox can leave until somebody has put the sign-in right. */
export function PausedMail({ box: { id, name, pausedAt, words }, mayResume, settings }: Props) {
  return (
    <PostForm action={`/sent/resume/${id}`} className="notice notice--bad">
      <p>
        Mail of {name} waits
        {pausedAt ? (
          <>
            {" "}
            since <Time at={pausedAt} />
          </>
        ) : null}
        : the mail server refused our sign-in with <q>{words}</q>. Nothing is lost.{" "}
        {mayResume
          ? "Put the name and password right, then let it go on."
          : "An admin puts the name and password right and lets it go on."}
      </p>
      {mayResume ? (
        <p className="row">
          <button className="button button--small" type="submit">
            Let it go on
          </button>
          {settings ? <Link to={`/settings/outgoing/${id}`}>Outgoing mail of {name}</Link> : null}
        </p>
      ) : null}
    </PostForm>
  )
}

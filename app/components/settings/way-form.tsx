import { Link } from "@remix-run/react"
import type { ReactNode } from "react"
import { PostForm } from "../post-form.tsx"

type Props = {
  way: "Incoming" | "Outgoing"
  box: { id: number; name: string; address: string }
  /** How it goes today, and what could be set up instead. */
  about: string
  presets: readonly { name: string }[]
  /** What is known of it, and what a trial said. */
  news: ReactNode
  /** What may be pressed once it is set up; null while it is not. */
  acts: { try: string; remove: string } | null
  /** The fields. */
  children: ReactNode
}

/** The page on which a mailbox gets a server of its own, for one direction. */
export function WayForm({ way, box, about, presets, news, acts, children }: Props) {
  return (
    <section className="stack stack--wide" aria-labelledby="way">
      <header className="page__head">
        <h2 id="way">
          {way} mail of {box.name}
        </h2>
        <p className="quiet">{box.address}</p>
      </header>
      <p>{about}</p>
      {news}
      {acts ? <Acts {...acts} /> : null}
      <Presets presets={presets} />
      <PostForm className="form">
        {children}
        <div className="form__foot">
          <button className="button button--primary" type="submit">
            Save
          </button>
          <Link to={`/settings/mailboxes/${box.id}`}>Back to {box.name}</Link>
        </div>
      </PostForm>
    </section>
  )
}

function Presets({ presets }: Pick<Props, "presets">) {
  return (
    <p className="row small">
      <span className="quiet">Fill in for</span>
      {presets.map(({ name }) => (
        <Link key={name} to={`?preset=${encodeURIComponent(name)}`} reloadDocument>
          {name}
        </Link>
      ))}
    </p>
  )
}

function Acts({ try: trial, remove }: NonNullable<Props["acts"]>) {
  return (
    <PostForm className="row">
      <button className="button" type="submit" name="act" value="try">
        {trial}
      </button>
      <button className="button button--quiet" type="submit" name="act" value="remove">
        {remove}
      </button>
    </PostForm>
  )
}

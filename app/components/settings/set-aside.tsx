import { Time } from "../time.tsx"

type Withheld = {
  uid: number
  folder: string
  about: string
  words: string
  tries: number
  since: string
  dueAt: string
}

/** Emails that lie on the server and do not come: a person can read them there, by the provider's own program. */
export function SetAside({ mails }: { mails: Withheld[] }) {
  if (mails.length === 0) return null
  return (
    <section className="notice notice--warn" aria-labelledby="set-aside">
      <h2 id="set-aside">Not handed over by the server</h2>
      <p>They are tried again by themselves. Until they come, read them there with the provider's own program.</p>
      <ul>
        {mails.map(({ uid, folder, about, words, tries, since, dueAt }) => (
          <li key={`${folder} ${uid}`}>
            <span dir="auto">{about || `Email ${uid}`}</span>{" "}
            <span className="quiet">
              (number {uid} in {folder}, tried {tries === 1 ? "once" : `${tries} times`} since <Time at={since} />,
              again at <Time at={dueAt} />)
            </span>
            : {words}
          </li>
        ))}
      </ul>
    </section>
  )
}

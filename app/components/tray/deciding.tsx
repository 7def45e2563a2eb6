import { PostForm } from "../post-form.tsx"

type Choice = { path: string; words: string; name: string; value: string; main: boolean }

const choices: Choice[] = [
  { path: "acceptance", words: "Accept", name: "accept", value: "yes", main: true },
  { path: "case", words: "A case of its own", name: "held", value: "yes", main: false },
  { path: "sighting", words: "Leave it", name: "leave", value: "yes", main: false },
  { path: "rejection", words: "Spam", name: "spam", value: "yes", main: false },
]

/** What a person may say of a mail whose sender is not sure. Each is one press; all but spam can be taken back by another. */
export function Deciding({ messageId, back }: { messageId: number; back: string }) {
  return (
    <div className="row deciding">
      {choices.map(({ path, words, name, value, main }) => (
        <PostForm action={`/messages/${messageId}/${path}`} key={path}>
          <input type="hidden" name="back" value={back} />
          <button className={main ? "button" : "button button--quiet"} type="submit" name={name} value={value}>
            {words}
          </button>
        </PostForm>
      ))}
    </div>
  )
}

import type { Face as FaceName } from "#app/models/ratings/face.ts"
import { FaceWord } from "../face.tsx"
import { PlainText } from "../text.tsx"
import { Time } from "../time.tsx"
import { type VoidFacts, VoidWords } from "../void.tsx"

type Rated = {
  requestId: number
  frowned: boolean
  first: FaceName
  standing: FaceName
  at: string
  voiding: VoidFacts | null
  author: string
  reply: { at: string; text: string }
  words: { at: string; body: string }[]
}

/** A reply with the face it got, what the customer said about it, and the reply itself to open. */
export function RatedReply({ rated }: { rated: Rated }) {
  const { first, standing, author, reply, words, voiding } = rated
  return (
    <section className="rated">
      <p className="rated__head">
        <FaceWord face={first} />
        {first === standing ? null : (
          <>
            <span aria-hidden="true">→</span>
            <span className="spoken">, then </span>
            <FaceWord face={standing} />
          </>
        )}
        <span className="quiet">
          at <bdi>{author}</bdi>'s reply of <Time at={reply.at} />
          {rated.frowned ? "" : ", which followed it up"}
          {voiding ? (
            <>
              {"; "}
              <bdi>
                <VoidWords voiding={voiding} />
              </bdi>
            </>
          ) : null}
        </span>
      </p>
      {words.map(({ at, body }) => (
        <blockquote className="rated__words prose" key={at}>
          <p dir="auto">“{body}”</p>
        </blockquote>
      ))}
      <details open={words.length === 0}>
        <summary className="small">What {author} wrote</summary>
        <div className="rated__reply prose">
          <PlainText text={reply.text} />
        </div>
      </details>
    </section>
  )
}

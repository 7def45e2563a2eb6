import type { SerializeFrom } from "@remix-run/node"
import { Link } from "@remix-run/react"
import type { QueueRow } from "#app/models/frowns/queue.server.ts"
import { Face } from "../face.tsx"
import { PostForm } from "../post-form.tsx"
import { Ago } from "../time.tsx"
import { faceNow, NextStep } from "./standing.tsx"

export type FrownRowProps = SerializeFrom<QueueRow>

/** One unhappy person: what they said, what happened, when it is due, who has it. */
export function FrownRow({ row }: { row: FrownRowProps }) {
  const { frown, kase, words, author, owner, state, step } = row
  const name = row.customer?.name || row.customer?.email || "Unknown sender"
  return (
    <li className={`frown frown--${step ?? "done"}`}>
      <span className="frown__face">
        <Face face={faceNow(state)} size={32} />
      </span>
      <div className="frown__said">
        <Link
          to={`/frowns/${frown.id}`}
          className={words ? "frown__words" : "frown__words frown__words--none"}
          dir="auto"
          data-row
        >
          {words ? `“${words}”` : `${name} left no words`}
        </Link>
        <p className="frown__what">
          <strong dir="auto">{name}</strong> frowned at <bdi>{author.name}</bdi>'s reply in <bdi>{kase.subject}</bdi>,{" "}
          <Ago at={frown.openedAt} />
        </p>
      </div>
      <p className="frown__due">
        <NextStep step={step} late={row.late} state={state} dueAt={frown.dueAt} outcomeAt={frown.outcomeAt} />
      </p>
      <div className="frown__owner">
        {owner ? <span dir="auto">{owner.name} has it</span> : step ? <Claim id={frown.id} name={name} /> : null}
      </div>
    </li>
  )
}

function Claim({ id, name }: { id: number; name: string }) {
  return (
    <PostForm action={`/frowns/${id}/claim`}>
      <button className="button button--small" type="submit">
        Claim<span className="spoken"> {name}</span>
      </button>
    </PostForm>
  )
}

import { useNavigation } from "@remix-run/react"
import { useRef } from "react"
import type { View } from "#app/models/cases/views.server.ts"
import { faces, faceWords } from "#app/models/ratings/face.ts"
import { faceQuestion } from "#emails/outgoing/faces.tsx"
import { viewPath } from "../case-views.ts"
import { Face } from "../face.tsx"
import { onKey } from "../keys.ts"
import { PostForm } from "../post-form.tsx"
import { Time } from "../time.tsx"
import type { CasePage } from "./facts.ts"
import { Files } from "./files.tsx"
import { Recipients } from "./recipients.tsx"
import { Said } from "./said.tsx"
import { SnoozeChoices } from "./snooze.tsx"
import { type Saved, useDraft, useRestoredDraft } from "./use-draft.ts"
import { useSeen } from "./use-seen.ts"

type Page = CasePage & { said: string | null; view: View }

/** Reply and note, one open at a time. Everything is a form: what script adds is the saved draft and the keys. */
export function Composer(page: Page) {
  const { kase, drafts } = page
  if (kase.state === "spam" || kase.state === "merged") return null
  return (
    <section className="composer" aria-label="Write" id="write">
      <Said code={page.said} about="writing" {...page} />
      <details className="composer__part" {...{ name: "write" }} open>
        <summary>Reply</summary>
        <ReplyForm key={kase.number} {...page} />
      </details>
      <details className="composer__part composer__part--note" {...{ name: "write" }}>
        <summary>Note</summary>
        <NoteForm key={kase.number} number={kase.number} />
      </details>
      {drafts.others.map(({ name, savedAt }) => (
        <p className="composer__other" key={name}>
          {name} is drafting here, last saved <Time at={savedAt} />
        </p>
      ))}
    </section>
  )
}

function ReplyForm(page: Page) {
  const { kase, drafts, ratingLine } = page
  const form = useRef<HTMLFormElement>(null)
  const saved = useDraft(form, `/cases/${kase.number}/draft`, drafts.mine?.savedAt ?? null)
  const seen = useSeen(page)
  useRestoredDraft(form, drafts.mine?.body ?? "")
  const sending = useNavigation().formAction === `/cases/${kase.number}/replies`
  return (
    <PostForm
      action={`/cases/${kase.number}/replies`}
      className="composer__form"
      ref={form}
      encType="multipart/form-data"
    >
      <input type="hidden" name="seenMessageId" value={seen.message} />
      <input type="hidden" name="seenNoteId" value={seen.note} />
      <input type="hidden" name="seenMergeId" value={seen.merge} />
      <input type="hidden" name="next" value={nextOf(page)} />
      <Recipients {...page} />
      {seen.isBehind ? (
        <p className="notice notice--warn" role="status">
          Something new arrived above while you were here.{" "}
          <button className="button button--link" type="button" onClick={seen.catchUp}>
            I have seen it
          </button>
        </p>
      ) : null}
      <label className="spoken" htmlFor="reply-text">
        Reply
      </label>
      <textarea
        id="reply-text"
        name="text"
        required
        defaultValue={drafts.mine?.body ?? ""}
        placeholder="Write to the customer. **bold**, - lists and links work."
        {...onKey("r")}
      />
      <Files waiting={drafts.mine?.files ?? []} />
      <div className="composer__foot">
        {ratingLine ? <RatingLine /> : null}
        <DraftSaved {...saved} />
        <div className="composer__send">
          <button
            className="button button--primary"
            type="submit"
            aria-keyshortcuts="Control+Enter"
            data-send
            disabled={sending}
          >
            {sending ? "Sending" : "Send"}
          </button>
          <button className="button" type="submit" name="close" value="1" data-send-close disabled={sending}>
            Send and close
          </button>
          <SnoozeChoices label="Send and snooze" times={page.snoozeTimes} hotkey={null} />
        </div>
      </div>
    </PostForm>
  )
}

function DraftSaved({ at, failed }: Saved) {
  if (failed)
    return (
      <p className="composer__saved composer__saved--not small" role="status">
        Draft not saved. Keep this page open: your words are here. It is tried again as you type.
      </p>
    )
  return (
    <p className="composer__saved small quiet" aria-live="polite">
      {at ? (
        <>
          Draft saved <Time at={at} />
        </>
      ) : null}
    </p>
  )
}

/** After sending the next case of the same view opens; where there is none, the view says so. */
function nextOf({ neighbours, view }: Page) {
  if (!neighbours.next) return viewPath(view)
  return view === "mine" ? `/cases/${neighbours.next}` : `/cases/${neighbours.next}?view=${view}`
}

/** What goes out under the reply, as the customer will see it. */
function RatingLine() {
  return (
    <div className="composer__rating">
      <span className="row" aria-hidden="true">
        <span className="quiet">{faceQuestion}</span>
        {faces.map((face) => (
          <span key={face} className="row">
            <Face face={face} size={18} /> {faceWords[face]}
          </span>
        ))}
      </span>
      <label>
        <input type="checkbox" name="leaveOffRating" value="1" /> Leave off
        <span className="spoken"> the three faces</span>
      </label>
    </div>
  )
}

function NoteForm({ number }: { number: number }) {
  return (
    <PostForm action={`/cases/${number}/notes`} className="composer__form">
      <label className="spoken" htmlFor="note-text">
        Note, only the team sees it
      </label>
      <textarea id="note-text" name="body" required placeholder="Only the team sees this." {...onKey("n")} />
      <div className="composer__foot">
        <button className="button" type="submit">
          Leave note
        </button>
      </div>
    </PostForm>
  )
}

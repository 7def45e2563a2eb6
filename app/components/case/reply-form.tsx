import { useNavigation } from "@remix-run/react"
import { type ReactNode, useRef } from "react"
import { faces, faceWords } from "#app/models/ratings/face.ts"
import { faceQuestion } from "#emails/outgoing/faces.tsx"
import { Again } from "../again.tsx"
import { Face } from "../face.tsx"
import { onKey } from "../keys.ts"
import { listPath } from "../list-address.ts"
import { PostForm } from "../post-form.tsx"
import { Time } from "../time.tsx"
import type { Kept } from "../words/use-kept-words.ts"
import type { CasePage } from "./facts.ts"
import { Files } from "./files.tsx"
import { nextPath } from "./head.tsx"
import { Recipients } from "./recipients.tsx"
import { SnoozeChoices } from "./snooze.tsx"
import { Stopped } from "./stopped.tsx"
import { TooLong } from "./too-long.tsx"
import { useDraft } from "./use-draft.ts"
import { useSeen } from "./use-seen.ts"

type Page = CasePage & { said: string | null; list: string }

export function ReplyForm(page: Page) {
  const { kase, drafts, ratingLine } = page
  const form = useRef<HTMLFormElement>(null)
  const saved = useDraft(form, page)
  const action = `/cases/${kase.number}/replies`
  const { state, formAction } = useNavigation()
  const isSending = state === "submitting" && formAction?.split("?")[0] === action
  const isStopped = kase.state === "merged" || kase.state === "spam"
  return (
    <PostForm action={action} className="composer__form" ref={form} encType="multipart/form-data">
      {isStopped ? <Stopped kase={kase} /> : <Seen {...page} />}
      <input type="hidden" name="next" value={nextOf(page)} />
      <Recipients {...page} />
      <label className="spoken" htmlFor="reply-text">
        Reply
      </label>
      <textarea
        id="reply-text"
        name="text"
        dir="auto"
        required
        readOnly={isSending}
        defaultValue={drafts.mine?.body ?? ""}
        placeholder="Write to the customer. **bold**, - lists and links work."
        {...onKey("r")}
      />
      <TooLong />
      {page.said === "sent-already" ? <Again words="Send it again" /> : null}
      <Files waiting={drafts.mine?.files ?? []} to={`/cases/${kase.number}/draft`} sentTo={action} />
      <div className="composer__foot">
        {ratingLine && !isStopped ? <RatingLine /> : null}
        <DraftSaved {...saved} />
        {isStopped ? null : (
          <Send isSending={isSending}>
            <SnoozeChoices label="Send and snooze" times={page.snoozeTimes} hotkey={null} />
          </Send>
        )}
      </div>
    </PostForm>
  )
}

function Seen(page: Page) {
  const seen = useSeen(page)
  return (
    <>
      <input type="hidden" name="seenMessageId" value={seen.message} />
      <input type="hidden" name="seenNoteId" value={seen.note} />
      <input type="hidden" name="seenMergeId" value={seen.merge} />
      {seen.isBehind ? (
        <p className="notice notice--warn" role="status">
          {seen.sentAt ? (
            <>
              You sent a reply at <Time at={seen.sentAt} /> from another window.
            </>
          ) : (
            "Something new arrived above while you were here."
          )}{" "}
          <button className="button button--link" type="button" onClick={seen.catchUp}>
            I have seen it
          </button>
        </p>
      ) : null}
    </>
  )
}

function Send({ isSending, children }: { isSending: boolean; children: ReactNode }) {
  return (
    <div className="composer__send">
      <button
        className="button button--primary"
        type="submit"
        aria-keyshortcuts="Control+Enter"
        data-send
        disabled={isSending}
      >
        {isSending ? "Sending" : "Send"}
      </button>
      <button className="button" type="submit" name="close" value="1" data-send-close disabled={isSending}>
        Send and close
      </button>
      {children}
    </div>
  )
}

function DraftSaved({ at, failed }: Kept) {
  if (failed)
    return (
      <p className="composer__saved composer__saved--not small" role="status">
        Draft not saved on the desk. Your words are kept in this browser, and it is tried again.
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

/** After sending the next case of the same list opens; where there is none, the list says so. */
const nextOf = ({ neighbours, list }: Page) => nextPath(neighbours, list) ?? listPath(list)

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

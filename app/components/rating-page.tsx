import type { ReactNode } from "react"
import { type Face as FaceName, faces, faceWords } from "#app/models/ratings/face.ts"
import { Face } from "./face.tsx"

/** What every customer's page carries; nothing of it tells about the case, so that a forwarded link discloses nothing. */
export type Sheet = { desk: string; css: string; script: string; icon: string }

export type Ask = {
  token: string
  /** The signed page, brought back by the press. */
  nonce: string
  chosen: FaceName | null
  /** Kept when the page has to ask again. */
  comment: string
  notice: string | null
  /** The side its reader reads from. */
  dir: "ltr" | "rtl"
}

/** The face of the link large, one button, the other two small, a line for words. */
export function AskPage({ sheet, ask }: { sheet: Sheet; ask: Ask }) {
  const { chosen, notice, comment, dir } = ask
  return (
    <Page sheet={sheet} title="How was this answer?" dir={dir}>
      {notice ? <Notice>{notice}</Notice> : null}
      <PressForm ask={ask}>
        {chosen ? <Chosen face={chosen} /> : <Choices />}
        {chosen ? <Others chosen={chosen} word="or" /> : null}
        <Words label="A line for us, if you like" comment={comment} />
      </PressForm>
    </Page>
  )
}

export type Thanks = Omit<Ask, "chosen" | "comment" | "notice"> & { said: FaceName; withWords: boolean }

/** After the press: what was recorded, and room to change it or to say more. */
export function ThanksPage({ sheet, thanks }: { sheet: Sheet; thanks: Thanks }) {
  const { said, withWords, dir } = thanks
  return (
    <Page sheet={sheet} title="Thank you" dir={dir}>
      <p className="said">
        <Face face={said} size={96} />
        <span dir="auto">
          You said: <b>{faceWords[said]}</b>
          {withWords ? ", with a line for us" : ""}
        </span>
      </p>
      {said === "frown" ? (
        <p className="promise" dir="auto">
          We are sorry. A person will read this and write to you.
        </p>
      ) : null}
      <PressForm ask={thanks}>
        <Words label={withWords ? "Add another line" : "Add a line for us, if you like"} comment="" />
        <button type="submit" className="button" name="choice" value={said}>
          Send the line
        </button>
        <Others chosen={said} word="Change it to" />
      </PressForm>
    </Page>
  )
}

/** Where a link leads that rates nothing, or nothing any more. */
export function WordsPage({ sheet, title, children }: { sheet: Sheet; title: string; children: ReactNode }) {
  return (
    <Page sheet={sheet} title={title}>
      <div className="words">{children}</div>
    </Page>
  )
}

type PageProps = { sheet: Sheet; title: string; dir?: Ask["dir"]; children: ReactNode }

function Page({ sheet, title, dir = "ltr", children }: PageProps) {
  return (
    <html lang="en" dir={dir}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <meta name="color-scheme" content="light dark" />
        <title>{`${title} · ${sheet.desk}`}</title>
        <link rel="icon" href={sheet.icon} type="image/svg+xml" />
        <link rel="stylesheet" href={sheet.css} />
        <script src={sheet.script} defer />
      </head>
      <body>
        <main>
          <p className="desk" dir="auto">
            {sheet.desk}
          </p>
          <h1 id="question" dir="auto">
            {title}
          </h1>
          {children}
        </main>
      </body>
    </html>
  )
}

function Notice({ children }: { children: ReactNode }) {
  return (
    <p className="notice" role="status" dir="auto">
      {children}
    </p>
  )
}

function PressForm({ ask, children }: { ask: Pick<Ask, "token" | "nonce">; children: ReactNode }) {
  return (
    <form method="post" action={`/r/${ask.token}`}>
      {children}
      <input type="hidden" name="n" value={ask.nonce} />
      {/* Both set by the script, where there is one: it ran, and a person touched the page. */}
      <input type="hidden" name="js" defaultValue="" />
      <input type="hidden" name="g" defaultValue="" />
      <p className="trap" aria-hidden="true">
        <label>
          Leave this empty <input name="hp" tabIndex={-1} autoComplete="off" />
        </label>
      </p>
    </form>
  )
}

function Chosen({ face }: { face: FaceName }) {
  return (
    <div className="chosen">
      <Face face={face} size={136} />
      {/* Focused, so that Enter is enough. */}
      {/* biome-ignore lint/a11y/noAutofocus: the one thing to do here is to press this */}
      <button type="submit" className="send" name="choice" value={face} aria-describedby="question" autoFocus>
        Send: {faceWords[face]}
      </button>
    </div>
  )
}

/** No face came with the link: all three alike. */
function Choices() {
  return (
    <div className="choices">
      {faces.map((face) => (
        <button type="submit" className="choice" key={face} name="choice" value={face} aria-describedby="question">
          <Face face={face} size={64} />
          {faceWords[face]}
        </button>
      ))}
    </div>
  )
}

function Others({ chosen, word }: { chosen: FaceName; word: string }) {
  return (
    <div className="others">
      <span dir="auto">{word}</span>
      {faces
        .filter((face) => face !== chosen)
        .map((face) => (
          <button type="submit" className="button" key={face} name="choice" value={face}>
            <Face face={face} size={24} />
            {faceWords[face]}
          </button>
        ))}
    </div>
  )
}

function Words({ label, comment }: { label: string; comment: string }) {
  return (
    <p className="line">
      <label htmlFor="comment" dir="auto">
        {label}
      </label>
      <textarea id="comment" name="comment" dir="auto" rows={3} maxLength={2000} defaultValue={comment} />
    </p>
  )
}

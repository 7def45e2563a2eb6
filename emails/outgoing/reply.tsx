import { languageOf } from "../language.ts"
import { htmlFromMarkdown, type Styles } from "../markdown.ts"
import { type FaceLinks, Faces } from "./faces.tsx"
import { bodyText, withoutBlankEnds } from "./headers.ts"
import { Layout } from "./layout.tsx"
import { attribution, type Quote, quotedText } from "./quote.ts"

export type ReplyBody = {
  subject: string
  /** Markdown, as the agent typed it. */
  text: string
  signature: string
  /** Null: nothing is asked with this reply. */
  faces: FaceLinks | null
  quote: Quote | null
  /** Our signed mark at the very end, for providers that replace Message-IDs. */
  marker: string
}

export function Reply({ subject, text, signature, faces, quote, marker }: ReplyBody) {
  // Laid out for who reads it, whose own words are quoted.
  const language = languageOf(quote?.text ?? "", text)
  return (
    <Layout title={subject} language={language}>
      <Markdown text={text} />
      {signature.trim() !== "" && <Signature text={signature} />}
      {faces && <Faces links={faces} dir={language.dir} />}
      {quote && <Quoted quote={quote} />}
      <p dir="ltr" style={{ color: "#6b7585", fontSize: 12, margin: "16px 0 0" }}>
        {marker}
      </p>
    </Layout>
  )
}

function Markdown({ text }: { text: string }) {
  // biome-ignore lint/security/noDangerouslySetInnerHtml: made by our own Markdown, which lets no tag through
  return <div style={asTyped} dangerouslySetInnerHTML={{ __html: htmlFromMarkdown(withoutBlankEnds(text), plain) }} />
}

const asTyped = { whiteSpace: "pre-wrap" } as const
/** Empty lines are lines of their own, so nothing adds room around these. */
const plain: Styles = {
  ul: "margin:0",
  ol: "margin:0",
  pre: "margin:0;white-space:pre-wrap",
  blockquote: "margin:0;padding:0 12px;border:0 solid #7a8699;border-inline-start-width:2px",
}

/** After the two dashes that mail programs know a signature by. */
function Signature({ text }: { text: string }) {
  return (
    <div style={{ margin: "16px 0 0" }}>
      <div>{"-- "}</div>
      <Lines text={bodyText(text).trim()} />
    </div>
  )
}

function Lines({ text }: { text: string }) {
  return text.split("\n").map((line, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: rendered once, on the server
    <div key={index} dir="auto">
      {line || <br />}
    </div>
  ))
}

/** The class and the attribute are what Gmail and Apple Mail look for to fold it. */
function Quoted({ quote }: { quote: Quote }) {
  const { lang, dir } = languageOf(quotedText(quote))
  return (
    <div className="gmail_quote">
      <div className="gmail_attr" lang="en" dir="ltr">
        {attribution(quote)}
      </div>
      <blockquote
        className="gmail_quote"
        {...{ type: "cite", dir }}
        lang={lang === "en" ? undefined : lang}
        style={bar[dir]}
      >
        <Lines text={quotedText(quote)} />
      </blockquote>
    </div>
  )
}

const line = "2px solid #7a8699"
const room = { margin: "8px 0 0", whiteSpace: "pre-wrap" } as const
const bar = {
  ltr: { ...room, borderLeft: line, paddingLeft: 12 },
  rtl: { ...room, borderRight: line, paddingRight: 12 },
}

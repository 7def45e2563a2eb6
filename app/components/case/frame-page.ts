import { withRemoteImages } from "#app/models/cases/inline-images.ts"
import type { ShownPage } from "#app/models/cases/message-page.server.ts"
import { languageOf } from "#emails/language.ts"
import type { Scheme } from "../scheme.ts"

type Images = "own" | "all"

/**
 * What the frame may do: show styles and pictures. Pictures come from our own attachments; from elsewhere only when
 * asked for. It must hold even for HTML that nobody cleaned.
 */
export function framePolicy(host: string, images: Images) {
  return [
    "sandbox allow-same-origin allow-popups allow-popups-to-escape-sandbox",
    "default-src 'none'",
    // Scheme-less: the page's own, so that it holds behind a proxy too.
    `img-src data: ${host}/attachments/${images === "all" ? " https:" : ""}`,
    "style-src 'unsafe-inline'",
    `font-src ${host}/assets/`,
    "form-action 'none'",
    "base-uri 'none'",
    "frame-ancestors 'self'",
  ].join("; ")
}

/** A page around cleaned HTML. Mail with colours of its own is shown on white, all other in the desk's colours. */
export function framePage(
  mail: ShownPage,
  { scheme, font, images }: { scheme: Scheme | null; font: string; images: Images },
) {
  const { html, remoteImages, hasColours } = mail.page ?? asText(mail)
  const asWritten = hasColours ? "light" : (scheme ?? "light dark")
  const shown = images === "all" ? withRemoteImages(html) : html
  const blocked = images === "all" ? 0 : remoteImages
  return `<!doctype html>
<html lang="und"><head><meta charset="utf-8"><meta name="color-scheme" content="${asWritten}">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>Message</title><style>${styles(asWritten, font)}</style></head>
<body class="${hasColours ? "own-colours" : "plain"}" dir="${sideOf(html)}">${blockedBar(blocked)}${shown}</body></html>`
}

/** Where a mail says nothing of its direction, its letters do; each of its paragraphs may still have its own. */
const sideOf = (html: string) => languageOf(html.slice(0, 20_000).replace(/<[^<>]*>|&\w{1,9};/g, " ")).dir

/** A page that could not be cleaned when somebody opened it says so, and its text stands here. */
function asText({ trouble, text }: ShownPage) {
  const why = trouble ? `<p class="blocked" dir="ltr">${escaped(trouble)}</p>` : ""
  const html = `${why}<pre dir="auto">${escaped(text)}</pre>`
  return { html, remoteImages: 0, hasColours: false }
}

const escaped = (text: string) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;")

const blockedBar = (remoteImages: number) =>
  remoteImages === 0
    ? ""
    : `<p class="blocked" dir="ltr">${remoteImages === 1 ? "One image" : `${remoteImages} images`} from elsewhere not shown: it would tell the sender you read this. <a href="?images" target="_self">Show images</a></p>`

const styles = (scheme: string, font: string) => `
@font-face{font-family:"Source Sans 3 Variable";font-weight:200 900;src:url("${font}") format("woff2")}
:root{color-scheme:${scheme};--ink:light-dark(#22211f,#eae7e1);--paper:light-dark(#fcfbf8,#19191b);--quiet:light-dark(#625e56,#a8a39a);--line:light-dark(#e4dfd4,#38373a);--accent:light-dark(#2a4aa8,#a3b8ff)}
html{background:var(--paper);color:var(--ink);font:17px/1.55 "Source Sans 3 Variable",system-ui,sans-serif;overflow-wrap:break-word;-webkit-text-size-adjust:100%}
body{margin:0;max-width:68ch;overflow-x:auto;overflow-y:hidden}
body.own-colours{background:#fff;color:#222;max-width:none;padding:12px;border-radius:8px}
html:has(.own-colours){background:transparent}
p{margin:1em 0}
body>:first-child,body>:first-child>:first-child{margin-block-start:0}body>:last-child,body>:last-child>:last-child{margin-block-end:0}
a{color:var(--accent)}.own-colours a{color:#2a4aa8}
img{max-width:100%;height:auto}
table{max-width:100%}table[border]:not([border="0"]){border-collapse:collapse;border-color:var(--line)}table[border]:not([border="0"]) :is(td,th){border:1px solid var(--line)}
pre{white-space:pre-wrap}
body :is(p,div,li,td,th,h1,h2,h3,h4,h5,h6,dd,dt,pre):not([dir],body [dir] *){unicode-bidi:plaintext}
blockquote{margin:.5em 0;padding-inline-start:1em;border-inline-start:2px solid var(--line);color:var(--quiet)}
.own-colours blockquote{color:inherit}
.quoted>summary{display:inline-block;list-style:none;cursor:pointer;padding:0 .6em;border-radius:99px;background:light-dark(#eee9dd,#333236);color:light-dark(#625e56,#c0bab0);line-height:1.2;margin:.3em 0}
.quoted>summary::-webkit-details-marker{display:none}
body:not(:has(.quoted[open])) .more{display:none}
.blocked{font-size:13px;line-height:1.4;color:var(--quiet);margin:0 0 12px;padding:6px 10px;background:light-dark(#f4f1ea,#222224);border-radius:4px}
.own-colours .blocked{color:#625e56;background:#f4f1ea}
@media print{:root{color-scheme:light;--paper:#fff;--ink:#000}.blocked{display:none}}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px}`

import type { ReactNode } from "react"
import type { Language } from "../language.ts"

/** A mail that looks like one a person wrote: the reader's own colours, no width of ours but a readable measure. */
type Props = { title: string; language: Language; children: ReactNode }

export function Layout({ title, language, children }: Props) {
  return (
    <html {...language}>
      <head>
        <meta httpEquiv="Content-Type" content="text/html; charset=utf-8" />
        <meta name="viewport" content="width=device-width" />
        <meta name="color-scheme" content="light dark" />
        <meta name="supported-color-schemes" content="light dark" />
        <title>{title}</title>
      </head>
      <body style={{ margin: 0, padding: 0 }} dir={language.dir}>
        {/* Once more: mail programs show the body of a mail without what stands around it. */}
        <div
          {...language}
          style={{
            fontFamily: fonts,
            fontSize: 16,
            lineHeight: 1.5,
            maxWidth: 640,
            textAlign: "start",
            padding: "8px 0",
          }}
        >
          {children}
        </div>
      </body>
    </html>
  )
}

const fonts = "-apple-system, BlinkMacSystemFont, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif"

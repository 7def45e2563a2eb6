import type { ReactNode } from "react"

/** A mail that looks like one a person wrote: the reader's own colours, no width of ours but a readable measure. */
export function Layout({ title, children }: { title: string; children: ReactNode }) {
  return (
    <html lang="en" dir="ltr">
      <head>
        <meta httpEquiv="Content-Type" content="text/html; charset=utf-8" />
        <meta name="viewport" content="width=device-width" />
        <meta name="color-scheme" content="light dark" />
        <meta name="supported-color-schemes" content="light dark" />
        <title>{title}</title>
      </head>
      <body style={{ margin: 0, padding: 0 }}>
        <div style={{ fontFamily: fonts, fontSize: 16, lineHeight: 1.5, maxWidth: 640, padding: "8px 0" }}>
          {children}
        </div>
      </body>
    </html>
  )
}

const fonts = "-apple-system, BlinkMacSystemFont, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif"

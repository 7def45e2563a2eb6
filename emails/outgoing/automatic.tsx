import { languageOf } from "../language.ts"
import { Layout } from "./layout.tsx"

/** Plain words in the desk's plain dress: what a machine says should not look as if a person had. */
export function Automatic({ subject, text }: { subject: string; text: string }) {
  return (
    <Layout title={subject} language={languageOf(text)}>
      {text.split(/\n{2,}/).map((paragraph) => (
        <p key={paragraph} dir="auto" style={{ margin: "0 0 16px", whiteSpace: "pre-wrap" }}>
          {paragraph}
        </p>
      ))}
    </Layout>
  )
}

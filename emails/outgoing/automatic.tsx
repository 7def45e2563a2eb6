import { Layout } from "./layout.tsx"

/** Plain words in the desk's plain dress: what a machine says should not look as if a person had. */
export function Automatic({ subject, text }: { subject: string; text: string }) {
  return (
    <Layout title={subject}>
      {text.split(/\n{2,}/).map((paragraph) => (
        <p key={paragraph} style={{ margin: "0 0 16px", whiteSpace: "pre-line" }}>
          {paragraph}
        </p>
      ))}
    </Layout>
  )
}

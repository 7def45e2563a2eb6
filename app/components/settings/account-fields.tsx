import type { Typed } from "#app/models/mail/smtp-account.ts"
import { Choice, Field } from "../field.tsx"

type Props = { typed: Partial<Typed>; wrong: { field: string; words: string } | null; hasSecret: boolean }

/** What servers of a kind are usually called, and where they usually listen. */
const usual = {
  smtp: { host: "smtp.example.com", tls: 465, starttls: 587 },
  imap: { host: "imap.example.com", tls: 993, starttls: 143 },
}

const securitiesOf = (kind: keyof typeof usual) => [
  { value: "tls", label: `TLS from the first byte (${usual[kind].tls})` },
  { value: "starttls", label: `STARTTLS (${usual[kind].starttls})` },
  { value: "none", label: "None, for a server on this very machine" },
]
const methods = [
  { value: "password", label: "A password, or an app password" },
  { value: "oauth2", label: "OAuth 2 tokens (Google, Microsoft)" },
]

const fieldsOf =
  ({ typed, wrong }: Props) =>
  (name: keyof Typed) => ({
    name,
    defaultValue: typed[name] ?? "",
    error: wrong?.field === name ? wrong.words : null,
  })

/** What a mailbox's own mail server is, how the desk signs in there, and how much it takes. */
export function AccountFields(props: Props) {
  const field = fieldsOf(props)
  return (
    <>
      <SignInFields kind="smtp" nameHint="Usually the whole address. Empty: no sign-in." {...props} />
      <Field
        label="Most mails a minute"
        {...field("perMinute")}
        inputMode="numeric"
        hint="Empty: as many as the server takes. Microsoft 365 takes 30."
      />
      <Field
        label="Most mails a day"
        {...field("perDay")}
        inputMode="numeric"
        hint="Gmail takes 2,000, Microsoft 365 10,000."
      />
    </>
  )
}

/** A server of somebody else's, and how the desk signs in there. */
export function SignInFields({ kind, nameHint, ...props }: Props & { kind: keyof typeof usual; nameHint: string }) {
  const { typed, hasSecret } = props
  const field = fieldsOf(props)
  const kept = hasSecret ? "Kept sealed. Empty: stays as it is." : null
  const secret = { type: "password", autoComplete: "off", defaultValue: "", hint: kept } as const
  return (
    <>
      <Field label="Server" {...field("host")} required maxLength={253} placeholder={usual[kind].host} />
      <Field label="Port" {...field("port")} required inputMode="numeric" maxLength={5} />
      <Choice label="Encryption" {...field("security")} options={securitiesOf(kind)} />
      <Field label="User name" {...field("username")} maxLength={320} autoComplete="off" hint={nameHint} />
      <Choice label="Signs in with" {...field("method")} options={methods} />
      <Field label="Password" {...field("password")} {...secret} maxLength={1000} />
      <details className="stack stack--tight" open={typed.method === "oauth2"}>
        <summary>OAuth 2 tokens</summary>
        <p className="quiet small">
          With a refresh token and the address it is used at, access tokens are renewed by themselves.
        </p>
        <Field label="Access token" {...field("accessToken")} {...secret} />
        <Field label="Refresh token" {...field("refreshToken")} {...secret} />
        <Field label="Renewed at" {...field("tokenUrl")} placeholder="https://oauth2.googleapis.com/token" />
        <Field label="Client ID" {...field("clientId")} />
        <Field label="Client secret" {...field("clientSecret")} {...secret} />
      </details>
    </>
  )
}

import { certificateTrouble } from "../certificate.ts"

/** Why a session with a mailbox elsewhere did not work, in words for the person who set it up. */
export class ImapTrouble extends Error {
  /** The server refused the sign-in: trying again would be the same, and lock the account. */
  readonly isRefusedSignIn: boolean

  constructor(words: string, more: { isRefusedSignIn: boolean } = { isRefusedSignIn: false }) {
    super(words)
    this.isRefusedSignIn = more.isRefusedSignIn
  }
}

/** What a library or the network threw, as trouble. The server's own words come along. */
export function troubleFrom(error: unknown): ImapTrouble {
  if (error instanceof ImapTrouble) return error
  const { authenticationFailed, responseText, response, code, message } = Object(error)
  const said = String(responseText || (typeof response === "string" ? response : "") || "").slice(0, 300)
  if (authenticationFailed === true)
    return new ImapTrouble(said ? `The server refused the sign-in: ${said}` : "The server refused the sign-in.", {
      isRefusedSignIn: true,
    })
  const known = certificateTrouble(error) ?? byCode[String(code)]
  if (known) return new ImapTrouble(known)
  if (/CERT|SIGNATURE|TLS|SSL|SELF_SIGNED/i.test(`${code}`))
    return new ImapTrouble(`The server's certificate cannot be trusted: ${String(message).slice(0, 200)}`)
  if (said) return new ImapTrouble(`The server said: ${said}`)
  return new ImapTrouble(`The connection failed: ${String(message ?? error).slice(0, 200)}`)
}

const byCode: Record<string, string> = {
  ENOTFOUND: "There is no server of that name.",
  EAI_AGAIN: "The server's name could not be looked up; is there a way to the internet?",
  ECONNREFUSED: "Nothing listens at that server and port.",
  EHOSTUNREACH: "There is no way to that server.",
  ENETUNREACH: "There is no way to that server.",
  ETIMEDOUT: "The server did not answer.",
  ETIMEOUT: "The server did not answer.",
  CONNECT_TIMEOUT: "The server did not answer within 20 seconds.",
  GREETING_TIMEOUT: "Something answered, but it did not greet as a mail server does. Is it the right port?",
  ECONNRESET: "The server hung up.",
  EConnectionClosed: "The server hung up.",
  NoConnection: "The server hung up.",
  ClosedAfterConnectText: "The server hung up at once. Does this port want TLS from the start?",
  ClosedAfterConnectTLS: "The server hung up at once. Does this port speak TLS?",
  ERR_SSL_WRONG_VERSION_NUMBER: "The port does not speak TLS from the start. Try STARTTLS.",
  EPROTO: "The port does not speak TLS from the start. Try STARTTLS.",
}

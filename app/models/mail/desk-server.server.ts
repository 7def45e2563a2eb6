/** The mail server of mailboxes without one of their own, as SMTP_URL gives it; null: their mail is kept. */
let smtpUrl: string | null = null

/** Told once, when the desk starts. */
export function setDeskServer(url: string | undefined) {
  smtpUrl = url ?? null
}

export const deskServer = () => smtpUrl

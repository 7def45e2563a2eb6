import { expect } from "vitest"
import { sendMail } from "./mail.ts"
import { rows } from "./server.ts"

/** What stands in the ledger and in the cases when all is handled: each mail once, none lost. */
export async function everyMailIsOneCase(databaseUrl: string, mails: number) {
  const [count] = await rows(
    databaseUrl,
    `select (select count(*)::int from cases) as cases,
            (select count(*)::int from messages) as messages,
            (select count(distinct rfc_message_id)::int from messages) as different,
            (select count(distinct case_number)::int from messages) as "casesWithMail",
            (select count(*)::int from mail_received where fate = 'failed') as failed`,
  )
  expect(count).toEqual({ cases: mails, messages: mails, different: mails, casesWithMail: mails, failed: 0 })
}

export const stillWaiting = async (databaseUrl: string) =>
  (await rows<{ n: number }>(databaseUrl, "select count(*)::int as n from mail_received where fate is null"))[0]?.n

/** What a minute does once whoever had them is dead: their leases end, and the mail is taken up again. */
export async function endLeases(databaseUrl: string) {
  for (const table of ["mail_received", "imap_accounts"])
    await rows(
      databaseUrl,
      `update ${table} set leased_until = now() - interval '1 second' where leased_until is not null`,
    )
}

type Refused = { responseCode?: number }

/** A sender like a mail server: the same mail again and again until somebody takes it. What it was told meanwhile. */
export async function deliver(port: number, number: number): Promise<number[]> {
  const letter = {
    from: `Customer ${number} <c${number}@customer.example>`,
    subject: `Matter ${number}`,
    text: `Please look at matter ${number}.\n`,
    messageId: `<matter-${number}@customer.example>`,
    headers: { date: "Tue, 10 Mar 2026 12:00:00 +0100" },
  }
  const answers: number[] = []
  for (let tries = 0; tries < 1200; tries++) {
    const refused = await sendMail(port, letter).then(
      () => null,
      ({ responseCode = 0 }: Refused) => responseCode,
    )
    if (refused === null) return answers
    answers.push(refused)
    await new Promise((done) => setTimeout(done, 50 + Math.random() * 100))
  }
  throw new Error(`mail ${number} was never taken`)
}

/** Several of them side by side until all `mails` are taken; every refusal they met. */
export async function deliverAll(port: number, mails: number, senders = 6): Promise<number[]> {
  let next = 0
  const told = await Promise.all(
    Array.from({ length: senders }, async () => {
      const answers: number[] = []
      while (next < mails) answers.push(...(await deliver(port, next++)))
      return answers
    }),
  )
  return told.flat()
}

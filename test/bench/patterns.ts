import { newTextOfMail } from "#emails/incoming/html-new.ts"
import { htmlText } from "#emails/incoming/html-text.ts"
import { newTextBeside } from "#emails/incoming/known.ts"
import { readEmail } from "#emails/incoming/parse.server.ts"
import { newTextOf } from "#emails/incoming/trim.ts"
import { longOf, pagePieces, textPieces } from "#test/fixtures/long-patterns.ts"

/** Milliseconds: telling what is new in a megabyte of whatever hangs others, and reading a whole hostile mail. */
const mostForText = 200
const mostForMail = 2000

type Reading = { name: string; read: () => unknown; most: number }
type Timed = { name: string; time: number; isMissed: boolean }

const person = "From: Dana <dana@customer.example>\nSubject: long"
const daemon = "From: MAILER-DAEMON@mx.example\nSubject: Undelivered Mail Returned to Sender"
const mail = (head: string, type: string, body: string) =>
  Buffer.from(`${head}\nMIME-Version: 1.0\nContent-Type: ${type}; charset=utf-8\n\n${body}`)

function* readings(): Generator<Reading> {
  for (const [piece, letters] of Object.entries(textPieces)) {
    const text = longOf(letters, "words\n\n")
    const [letter, notice] = [mail(person, "text/plain", text), mail(daemon, "text/plain", text)]
    const sent = [text, text, `${text} more`, "other words", "more of them"]
    yield { name: `what is new in ${piece}`, read: () => newTextOf(text), most: mostForText }
    yield { name: `what we sent beside ${piece}`, read: () => newTextBeside(text, sent), most: mostForText }
    yield { name: `a whole letter of ${piece}`, read: () => readEmail(letter), most: mostForMail }
    yield { name: `a whole bounce of ${piece}`, read: () => readEmail(notice), most: mostForMail }
  }
  for (const [piece, letters] of Object.entries(pagePieces)) {
    const html = longOf(letters, "<p>words</p>")
    const page = mail(person, "text/html", html)
    yield { name: `the text of a page of ${piece}`, read: () => htmlText(html), most: mostForText }
    yield { name: `what is new on a page of ${piece}`, read: () => newTextOfMail("words", html), most: mostForText }
    yield { name: `a whole letter with a page of ${piece}`, read: () => readEmail(page), most: mostForMail }
  }
}

/**
 * The better of two times after a first one, which also pays for whatever was never run before. Of the clock and the
 * work of the processor the lesser: the one counts what else the machine does, the other what it does at the same time.
 */
async function timeOf({ name, read, most }: Reading): Promise<Timed> {
  await read()
  const times: number[] = []
  for (let round = 0; round < 2; round++) {
    const [started, before] = [performance.now(), process.cpuUsage()]
    await read()
    const { user, system } = process.cpuUsage(before)
    times.push(Math.min(performance.now() - started, (user + system) / 1000))
  }
  const time = Math.min(...times)
  return { name, time, isMissed: time > most }
}

/** Milliseconds for a megabyte of each pattern, the slowest first: all of them, or the worst ten of either kind. */
export async function timePatterns(showsAll: boolean) {
  const texts: Timed[] = []
  const mails: Timed[] = []
  for (const reading of readings()) (reading.most === mostForText ? texts : mails).push(await timeOf(reading))
  show("words", texts, mostForText, showsAll)
  show("whole mails", mails, mostForMail, showsAll)
}

function show(kind: string, times: Timed[], most: number, showsAll: boolean) {
  const sorted = times.sort((a, b) => b.time - a.time)
  for (const { name, time, isMissed } of showsAll ? sorted : sorted.slice(0, 10))
    console.log(`${time.toFixed(0).padStart(6)} ms/MB  ${name}${isMissed ? "  MISSED" : ""}`)
  const missed = sorted.filter(({ isMissed }) => isMissed).length
  const [worst] = sorted
  console.log(
    `patterns       ${kind}: ${sorted.length}, ${missed} over ${most} ms/MB; worst ${worst?.time.toFixed(0)} ms/MB: ${worst?.name}`,
  )
}

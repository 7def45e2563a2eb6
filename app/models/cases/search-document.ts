import { readableDomain } from "../people/domain.ts"
import { fieldMarks } from "./search-term.ts"
import { tokensIn } from "./search-tokens.ts"

type Person = { name: string; address: string }

/** All that may be searched in a case, its messages apart. */
export type Searchable = {
  mailboxId: number
  subject: string
  from: readonly Person[]
  to: readonly Person[]
  cc: readonly Person[]
  files: readonly string[]
  notes: readonly string[]
  messages: readonly { subject: string; text: string }[]
}

/** PostgreSQL keeps places up to 16,383, and a vector of a megabyte at most: a longer case is kept in several. */
const lastPlace = 15_000
const mostBytes = 250_000
const placesOfOne = 250
const shortestPart = 3

/** The words of a case with their places, as text that PostgreSQL reads as `tsvector`; more than one for a long case. */
export function documentOf(given: Searchable): string[] {
  const writer = new VectorWriter(`m=${given.mailboxId}`)
  writer.write(given.subject, ["", fieldMarks.subject])
  const subjects = new Set([given.subject])
  for (const field of ["from", "to", "cc"] as const)
    for (const person of given[field]) writePerson(writer, person, field)
  for (const name of given.files) writer.write(name, ["", fieldMarks.file])
  for (const body of given.notes) writer.write(body, [fieldMarks.note])
  if (given.files.length > 0) writer.mark("has=file")
  if (given.notes.length > 0) writer.mark("has=note")
  for (const { subject, text } of given.messages) {
    if (!subjects.has(subject)) writer.write(subject, ["", fieldMarks.subject])
    subjects.add(subject)
    writer.write(text, [""])
  }
  return writer.parts()
}

/** Who writes to us is found by any part of a word of their address, as people remember those. */
function writePerson(writer: VectorWriter, { name, address }: Person, field: "from" | "to" | "cc") {
  writer.write(name, ["", fieldMarks[field]])
  const at = address.lastIndexOf("@")
  const read = `${address.slice(0, at + 1)}${readableDomain(address.slice(at + 1))}`
  for (const text of new Set([address, read])) writer.write(text, ["", fieldMarks[field]], field === "from")
}

class VectorWriter {
  private readonly done: string[] = []
  private places = new Map<string, number[]>()
  private bytes = 0
  private place = 1
  private readonly always: string

  constructor(always: string) {
    this.always = always
  }

  write(text: string, marks: readonly string[], inParts = false) {
    for (const { forms, kind } of tokensIn(text)) {
      if (this.place > lastPlace || this.bytes > mostBytes) this.endPart()
      for (const mark of marks)
        for (const form of forms) {
          this.put(mark + form)
          if (!inParts || mark === "" || kind !== "word") continue
          for (let from = 1; from + shortestPart <= form.length; from++) this.put(mark + form.slice(from))
        }
      this.place++
    }
    // No phrase goes on from one text into the next.
    this.place++
  }

  mark(lexeme: string) {
    this.put(lexeme)
  }

  parts() {
    this.endPart()
    return this.done
  }

  private put(lexeme: string) {
    const places = this.places.get(lexeme)
    if (!places) this.places.set(lexeme, [this.place])
    else if (places.length < placesOfOne && places.at(-1) !== this.place) places.push(this.place)
    this.bytes += places ? 2 : lexeme.length * 2 + 8
  }

  private endPart() {
    this.put(this.always)
    this.done.push([...this.places].map(([lexeme, places]) => `'${lexeme}':${places.join()}`).join(" "))
    this.places = new Map()
    this.bytes = 0
    this.place = 1
  }
}

import { expect, test } from "vitest"
import { type Failure, nextWait, restAfter, verdictOn } from "#emails/outgoing/failure.ts"

const failure = (facts: Partial<Failure>): Failure => ({
  code: "EENVELOPE",
  reply: null,
  words: "",
  dotWritten: false,
  ...facts,
})

test("tries come after 1, 5, 15 and 60 minutes, then hourly", () => {
  expect([1, 2, 3, 4, 5, 6].map(nextWait)).toEqual([1, 5, 15, 60, 60, 60])
})

test("the last try is 48 hours after the first, to the minute", () => {
  let [minutes, tries] = [0, 1]
  for (let wait = nextWait(tries); wait !== null; wait = nextWait(++tries)) minutes += wait
  expect(minutes).toBe(48 * 60)
})

test("a server that says later is asked again", () => {
  for (const reply of [450, 451, 452]) expect(verdictOn(failure({ reply }))).toBe("again")
  expect(verdictOn(failure({ reply: 451, dotWritten: true, code: "EMESSAGE" }))).toBe("again")
})

test("a server that asks to be left alone is, longer each time running", () => {
  expect(verdictOn(failure({ reply: 421 }))).toBe("rest")
  expect([1, 2, 3, 4, 5, 100].map(restAfter)).toEqual([1, 2, 5, 15, 15, 15])
})

test("a server that says never is believed at once, after the dot too", () => {
  for (const reply of [550, 552, 554]) expect(verdictOn(failure({ reply }))).toBe("refused")
  expect(verdictOn(failure({ reply: 554, dotWritten: true, code: "EMESSAGE" }))).toBe("refused")
})

test("too many recipients at once is no refusal, and a lost session is none either", () => {
  expect(verdictOn(failure({ reply: 552, words: "552 5.5.3 Too many recipients" }))).toBe("again")
  expect(verdictOn(failure({ reply: 503 }))).toBe("again")
})

test("a sign-in the server refuses pauses the mailbox; one it cannot check now does not", () => {
  expect(verdictOn(failure({ code: "EAUTH", reply: 535 }))).toBe("pause")
  expect(verdictOn(failure({ reply: 530 }))).toBe("pause")
  expect(verdictOn(failure({ code: "EAUTH" }))).toBe("pause")
  expect(verdictOn(failure({ code: "EAUTH", reply: 454 }))).toBe("again")
})

test("a connection lost before the dot is tried again, after it only a person may", () => {
  for (const code of ["ECONNECTION", "ETIMEDOUT", "ESOCKET", "ETLS", "EDNS", "EPROTOCOL"]) {
    expect(verdictOn(failure({ code }))).toBe("again")
    expect(verdictOn(failure({ code, dotWritten: true }))).toBe("unconfirmed")
  }
})

test("garbage in place of the last answer leaves it open whether the mail arrived", () => {
  expect(verdictOn(failure({ code: "EMESSAGE", dotWritten: true }))).toBe("unconfirmed")
})

test("a mail larger than the server takes is refused without asking", () => {
  expect(verdictOn(failure({ code: "EMESSAGE" }))).toBe("refused")
})

test("a server that will not encrypt refuses the line, not the mail", () => {
  expect(verdictOn(failure({ code: "ETLS", reply: 502 }))).toBe("again")
})

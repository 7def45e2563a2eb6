import { expect, test } from "vitest"
import { forwardedIn, isForwardSubject } from "#emails/incoming/forwarded.ts"

const dana = { name: "Dana Reyes", address: "dana@customer.example" }

test("a forward is told by its subject", () => {
  for (const subject of ["Fwd: x", "FW: x", "WG: x", "TR: x", "RV: x", "VS: x"])
    expect(isForwardSubject(subject)).toBe(true)
  for (const subject of ["Re: x", "forward this", "x"]) expect(isForwardSubject(subject)).toBe(false)
})

test("its writer is read from the block that mail programs put above it", () => {
  const gmail =
    "see below\n\n---------- Forwarded message ---------\nFrom: Dana Reyes <dana@customer.example>\nDate: Tue\nSubject: x\nTo: <ann@desk.example>\n\nHello"
  const outlook =
    "\nVon: Dana Reyes [mailto:dana@customer.example]\nGesendet: Dienstag\nAn: ann@desk.example\nBetreff: x\n\nHallo"
  const apple =
    "Begin forwarded message:\n\n> From: Dana Reyes <dana@customer.example>\n> Subject: x\n> Date: Tue\n> To: ann@desk.example\n> \n> Hello"
  const french =
    "*De:* Dana Reyes <dana@customer.example>\n*Envoyé:* mardi\n*À:* ann@desk.example\n*Objet:* x\n\nBonjour"
  for (const text of [gmail, outlook, apple, french]) expect(forwardedIn(text)).toEqual(dana)
})

test("a text without such a block has no other writer", () => {
  expect(forwardedIn("From my point of view: dana@customer.example is right.\nBye")).toBeNull()
  expect(forwardedIn("---------- Forwarded message ---------\nNothing here")).toBeNull()
})

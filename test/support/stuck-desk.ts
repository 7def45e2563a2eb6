/** A program that the watchdog watches: it takes mail 7 in hand and then does what its argument says. */

import { inHand } from "#app/models/mail/in-hand.server.ts"
import { startWatchdog } from "#app/watchdog.server.ts"

const [, , what = "", folder = "", patience = "0"] = process.argv
const row = { id: 7, readersEnded: 0 } as Parameters<typeof inHand>[0]
const watchdog = startWatchdog({ folder, patience: Number(patience) })
const pause = (milliseconds: number) => new Promise((done) => setTimeout(done, milliseconds))

// The thread must be there before it can see anything; from its sources that takes a moment.
await pause(3000)
process.stdout.write("begins\n")
if (what === "hangs")
  void inHand(row, async () => {
    for (;;);
  })
if (what === "throws" || what === "is killed") void inHand(row, () => pause(60_000))
if (what === "throws")
  setTimeout(() => {
    throw new Error("a bug")
  }, 100)
if (what === "works in pieces") {
  const began = Date.now()
  while (Date.now() - began < 3000) {
    for (const until = Date.now() + 300; Date.now() < until; );
    await pause(1)
  }
  await watchdog.stop()
  process.exit(0)
}

import { writeSync } from "node:fs"
import { workerData } from "node:worker_threads"
import { idsIn } from "./models/mail/in-hand.server.ts"
import type { Watched } from "./watchdog.server.ts"
import { removeNote, writeNote } from "./watchdog-note.server.ts"

const tick = 250
/** A mail is usually done with in a tenth of this; whatever ends the desk later than that may have to do with it. */
const longInHand = 3000

const { beat, hands, file, patience }: Watched = workerData
const beats = new Int32Array(beat)
const held = new Float64Array(hands)

let seen = -1
let still = 0
let last = performance.now()
let noted = ""

setInterval(() => {
  const now = performance.now()
  // A machine that slept, or had no time for this thread either, says nothing about the other one.
  still = beats[0] === seen && now - last < tick * 4 ? still + (now - last) : 0
  last = now
  seen = Atomics.load(beats, 0)
  if (still >= patience) end()
  note(idsIn(held, longInHand))
}, tick)

/** On disk while it is so: a process that is killed has no time to write. */
function note(ids: number[]) {
  const now = ids.join()
  if (now === noted) return
  if (ids.length > 0) writeNote(file, ids)
  else removeNote(file)
  noted = now
}

function end() {
  const mails = idsIn(held, 0)
  writeNote(file, mails)
  const msg = `the desk was stuck for ${Math.round(still / 1000)} seconds and ends, to be started again`
  writeSync(2, `${JSON.stringify({ level: 60, time: Date.now(), mails, msg })}\n`)
  process.kill(process.pid, "SIGKILL")
}

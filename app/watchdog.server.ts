import { openThread } from "#db/thread.server.ts"
import { hands, idsIn } from "./models/mail/in-hand.server.ts"
import { noteFile, removeNote, writeNote } from "./watchdog-note.server.ts"

export type Watched = {
  /** Counted up by the main thread as long as it goes on. */
  beat: SharedArrayBuffer
  hands: SharedArrayBuffer
  /** Where it is written what was in hand. */
  file: string
  /** Milliseconds without a beat. */
  patience: number
}

const beatEvery = 250
const program = { built: "watchdog.js", source: "app/watchdog-thread.server.ts" }

/**
 * Watches this thread from another one, and ends the process when it has been stuck for so long: a supervisor starts it
 * again, and the next start knows which emails it had in hand. So does it when the process ends by an error.
 */
export function startWatchdog({ folder, patience }: { folder: string; patience: number }) {
  const file = noteFile(folder)
  const beat = new Int32Array(new SharedArrayBuffer(4))
  const beating = setInterval(() => Atomics.add(beat, 0, 1), beatEvery).unref()
  const watched: Watched = { beat: beat.buffer, hands: hands.buffer, file, patience }
  const thread = openThread(program, { workerData: watched, resourceLimits: { maxOldGenerationSizeMb: 64 } })
  thread.unref()
  // Without a watchdog the desk is as it was before there was one; it goes on.
  thread.on("error", () => {})
  const atExit = (code: number) => {
    const mails = idsIn(hands, 0)
    if (code === 0 || mails.length === 0) removeNote(file)
    else writeNote(file, mails)
  }
  process.on("exit", atExit)
  return {
    async stop() {
      process.off("exit", atExit)
      clearInterval(beating)
      await thread.terminate()
      removeNote(file)
    },
  }
}

import type SMTPConnection from "nodemailer/lib/smtp-connection"

/** A connection between two mails; `who` signed in on it. */
export type Line = { connection: SMTPConnection; who: string; mails: number; timer: NodeJS.Timeout | undefined }

/** Connections to one server, at most so many at once. */
export type Lines = ReturnType<typeof linesTo>

const mailsPerLine = 100
const idleLimit = 5_000

export function linesTo(most: number) {
  const idle = new Set<Line>()
  const waiting: (() => void)[] = []
  let taken = 0

  /** Waits for a place; with it comes a line that is open already, where there is one. */
  async function take(who: string): Promise<Line | null> {
    const known = [...idle].find((line) => line.who === who && !line.connection.destroyed)
    if (known) {
      wakeUp(known)
      return known
    }
    if (taken >= most && idle.size > 0) hangUp([...idle][0])
    if (taken < most) {
      taken++
      return null
    }
    await new Promise<void>((free) => waiting.push(free))
    return take(who)
  }

  /** Keeps the line for the next mail. */
  function rest(line: Line) {
    line.mails += 1
    if (line.mails >= mailsPerLine || line.connection.destroyed) return end(line)
    line.timer = setTimeout(() => hangUp(line), idleLimit).unref()
    idle.add(line)
    waiting.shift()?.()
  }

  function end(line: Line) {
    if (!line.connection.destroyed) line.connection.quit()
    giveUp()
  }

  /** The place is free again: nothing came of it. */
  function giveUp() {
    taken--
    waiting.shift()?.()
  }

  function wakeUp(line: Line) {
    idle.delete(line)
    clearTimeout(line.timer)
  }

  function hangUp(line: Line | undefined) {
    if (!line) return
    wakeUp(line)
    end(line)
  }

  return {
    take,
    rest,
    end,
    giveUp,
    close() {
      for (const line of [...idle]) hangUp(line)
    },
  }
}

/**
 * One piece of work for all who ask at the same time: whoever comes while it is being done waits for the next, which
 * then does it for everybody who came. So senders side by side share one commit, and one alone waits for nobody.
 *
 * `work` answers each in the order asked. When it throws, all it was done for hear that.
 */
export function together<Ask, Answer>(work: (asked: Ask[]) => Promise<Answer[]>, most = 32) {
  const waiting: { ask: Ask; answer: (answer: Answer) => void; fail: (error: unknown) => void }[] = []
  let busy = false

  async function goOn() {
    busy = true
    // Whoever was woken by the last answers asks within this turn, and comes along.
    await new Promise((turn) => setImmediate(turn))
    const asked = waiting.splice(0, most)
    const done = await Promise.allSettled([work(asked.map(({ ask }) => ask))])
    for (const [n, { answer, fail }] of asked.entries()) {
      if (done[0].status === "fulfilled") answer(done[0].value[n] as Answer)
      else fail(done[0].reason)
    }
    busy = false
    if (waiting.length > 0) void goOn()
  }

  return (ask: Ask) =>
    new Promise<Answer>((answer, fail) => {
      waiting.push({ ask, answer, fail })
      if (!busy) void goOn()
    })
}

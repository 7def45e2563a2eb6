import type { Response as Answer, Request as Asked } from "express"

type Early = { status: number; text: string; headers?: Record<string, string> }

const patience = 1000

/**
 * Answers a request whose body is not read to its end, and closes the connection: the rest would be taken for the next
 * request. What still comes is thrown away for a moment first, or the sender would get a reset instead of the answer.
 */
export function answerEarly(asked: Asked, answer: Answer, { status, text, headers = {} }: Early) {
  const length = Buffer.byteLength(text)
  answer.status(status).set({ ...headers, "Content-Length": String(length), Connection: "close" })
  if (asked.method === "HEAD" || asked.complete) return void answer.end(text)
  answer.write(text)
  const timer = setTimeout(() => end(), patience)
  const end = () => {
    clearTimeout(timer)
    answer.end()
  }
  asked.on("end", end).on("close", end).on("error", end).resume()
}

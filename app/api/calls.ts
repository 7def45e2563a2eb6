import { z } from "zod"
import { caseOrders } from "#app/models/cases/case-order.ts"
import { fates } from "#app/models/mail/fate.ts"
import { agentOrders } from "#app/models/people/agent.ts"
import type { Scope } from "#app/models/people/scope.ts"
import { AgentChange } from "./agent.ts"
import type { Answer } from "./answer.ts"
import { Searched } from "./case.ts"
import { doors } from "./doors.ts"
import { AttachmentGiven, Closed, HandOver, newCase, newReply } from "./letter.ts"
import { written } from "./written.ts"

export type Call = {
  says: string
  query?: Record<string, string>
  /** Content types with what each holds. */
  takes?: Record<string, z.ZodType>
  /** By status. */
  answers: Record<number, Answer>
  refuses: number[]
  /** The scope it asks for; left out: to write where it takes something, else to read. */
  scope?: Scope
  /** What it answers a token that may write and not read. */
  written?: z.ZodType
  /** The header Idempotency-Key makes a repeated call the same. */
  once?: true
  open?: true
}

const json = (schema: z.ZodType) => ({ "application/json": schema })
const file = z.string().meta({ format: "binary" })
const withFiles = (shape: z.ZodRawShape) => ({
  "application/json": z.object({ ...shape, attachments: z.array(AttachmentGiven).default([]) }),
  "multipart/form-data": z.object({ ...shape, files: z.array(file).optional() }),
})

const limits = "25 MB of files and 50 of them at most, as where one writes in the desk."
const cursor = "The `next` of the page before; it goes on in the order of that page"
const orderOf = (orders: readonly string[], more = "") =>
  `${orders.join(", ")}; the first as is when left out, in which nothing that changes is missed. A minus is the last first.${more}`
const range = {
  from: "A day, or a period such as 2011, 2011-H1, 2011-Q2, 2011-03; widened to whole periods",
  to: "The day after the last, or the last period",
  by: "year, half, quarter, month or week",
}
const replyMade = z.object({ id: z.int().describe("The message") })
const bytes = (type: string) => ({ 200: { bytes: type } })

/** Every address of the API and beside it, as the document describes it. */
export const calls: Record<string, Record<string, Call>> = {
  ...doors,
  "/api/v1/openapi.json": {
    get: { says: "This document", answers: { 200: { bytes: "application/json" } }, refuses: [], open: true },
  },
  "/api/v1/mail": {
    get: {
      says: "The ledger: every mail that came in, newest first",
      query: { fate: `${fates.join(", ")}, or waiting`, order: orderOf(["-id", "id"]), cursor },
      answers: { 200: { page: "LedgerRow" } },
      refuses: [422],
    },
    post: {
      says: "Takes a mail in as the SMTP door does; answered when its bytes are committed. It may be piped (chunked).",
      query: { to: "An envelope recipient, once for each; left out, those of its To and Cc that are ours" },
      takes: { "message/rfc822": file },
      answers: { 202: { schema: "Taken" } },
      refuses: [413, 415, 422, 507],
    },
  },
  "/api/v1/mail/{id}/raw": {
    get: { says: "A mail's bytes as received", answers: bytes("message/rfc822"), refuses: [404] },
  },
  "/api/v1/cases": {
    get: {
      says: "Cases, page by page",
      query: {
        state: "waiting-on-us, waiting-on-them, snoozed, closed, spam or all",
        mailbox: "A mailbox's address",
        agent: "An agent's email",
        customer: "A customer's address",
        q: 'As in the desk\'s search: words and their beginnings, "phrases", -word, #number, from: to: cc: subject: file: customer: mailbox: agent: is: has: rating: before: after:. The best come first',
        order: orderOf(caseOrders, " With words in `q` it is best, the best first, and no other"),
        cursor,
      },
      answers: { 200: { page: "CaseSummary", and: Searched } },
      refuses: [422],
    },
    post: {
      says: `Starts a case: we write first. ${limits}`,
      takes: withFiles(newCase),
      answers: { 200: { schema: "Case" } },
      written: written.case,
      refuses: [400, 404, 413, 415, 422],
      once: true,
    },
  },
  "/api/v1/cases/{number}": {
    get: { says: "One case whole", answers: { 200: { schema: "Case" } }, refuses: [404] },
  },
  "/api/v1/cases/{number}/replies": {
    post: {
      says: `Answers a case in an agent's name. ${limits} Everybody who takes part gets it.`,
      query: { now: "1: it leaves at once, without the time to undo it" },
      takes: withFiles(newReply),
      answers: { 201: { inline: replyMade } },
      refuses: [400, 404, 409, 413, 415, 422],
      once: true,
    },
  },
  "/api/v1/cases/{number}/agent": {
    put: {
      says: "Hands a case over; 409 when `expected` no longer has it",
      takes: json(HandOver),
      answers: { 200: { schema: "Case" } },
      written: written.agent,
      refuses: [400, 404, 409, 415, 422],
    },
  },
  "/api/v1/cases/{number}/closed": {
    put: {
      says: "Closes or reopens a case",
      takes: json(Closed),
      answers: { 200: { schema: "Case" } },
      written: written.closed,
      refuses: [400, 404, 415, 422],
    },
  },
  "/api/v1/attachments/{id}": {
    get: {
      says: "The bytes of a file, to save: never shown inline",
      answers: bytes("application/octet-stream"),
      refuses: [404],
    },
  },
  "/api/v1/agents": {
    get: {
      says: "Everybody who answers a mailbox the token reaches",
      query: { order: orderOf(agentOrders) },
      answers: { 200: { page: "Agent" } },
      refuses: [422],
    },
  },
  "/api/v1/agents/{email}": {
    get: { says: "One of them", answers: { 200: { schema: "Agent" } }, refuses: [404] },
    patch: {
      says: "Changes where somebody is, or how much they take",
      takes: json(AgentChange),
      answers: { 200: { schema: "Agent" } },
      written: written.change,
      refuses: [400, 404, 415, 422],
    },
  },
  "/api/v1/reports/happiness": {
    get: {
      says: "The ratio of faces over periods: settled ratings only",
      query: {
        ...{ ...range, mailbox: "A mailbox's address", agent: "An agent's email", basis: "sent or rated" },
        format: "json, as is when left out, or csv: counts and whole percents of each period as a file",
      },
      answers: { 200: { schema: "Happiness", orBytes: "text/csv" } },
      refuses: [422],
    },
  },
  "/api/v1/reports/load": {
    get: {
      says: "Emails per agent per day",
      query: { ...range, format: "json, as is when left out, or csv: the same names and figures as a file" },
      answers: { 200: { schema: "Load", orBytes: "text/csv" } },
      refuses: [422],
    },
  },
  "/api/v1/frowns": {
    get: {
      says: "The follow-up queue",
      query: {
        state: "open (as is when left out), mine, due, flipped, closed, all, or a frown's state",
        order: orderOf(["id", "-id", "due"], " due is by the next step"),
        cursor,
      },
      answers: { 200: { page: "Frown" } },
      refuses: [422],
    },
  },
}

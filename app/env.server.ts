import { readFileSync } from "node:fs"
import { resolve } from "node:path"
import { createSecureContext } from "node:tls"
import { z } from "zod"
import { listenHostFrom } from "./listen-problem.ts"
import { originFrom } from "./models/people/network.ts"
import { trustFrom, trustNobody } from "./remote.ts"

const portWords = { error: "must be a port from 0 to 65535" }
const port = z.coerce.number(portWords).int(portWords).min(0, portWords).max(65535, portWords)
const url = (protocols: string[]) =>
  z.string().refine((text) => URL.canParse(text) && protocols.includes(new URL(text).protocol), {
    error: `must be an address starting with ${protocols.map((p) => `${p}//`).join(" or ")}`,
  })

function isServerAddress(text: string) {
  // What is no address at all was said already: every check is made, whatever the one before it found.
  if (!URL.canParse(text)) return true
  const { hostname, username, password } = new URL(text)
  return hostname !== "" && !/%(?![\da-f]{2})/i.test(username + password) && isDecodable(username + password)
}

function isDecodable(text: string) {
  try {
    decodeURIComponent(text)
    return true
  } catch {
    // Bytes that are no UTF-8: the only way decoding has to say so.
    return false
  }
}

const Env = z
  .object({
    NODE_ENV: z.enum(["production", "development", "test"]).default("production"),
    DATA_DIR: z
      .string()
      .min(1)
      .default("./data")
      .transform((path) => resolve(path)),
    DATABASE_URL: url(["postgres:", "postgresql:"]).optional(),
    PORT: port.default(3000),
    MAIL_PORT: port.default(2525),
    /** What the mail door speaks: lmtp to a mail server of one's own that hands its mail on. */
    MAIL_PROTOCOL: z.enum(["smtp", "lmtp"], { error: "must be smtp or lmtp" }).default("smtp"),
    /** Files in PEM; with both the mail door offers STARTTLS. */
    MAIL_CERT: z.string().optional(),
    MAIL_KEY: z.string().optional(),
    HOST: z
      .string()
      .default("127.0.0.1")
      .refine((text) => listenHostFrom(text) !== null, {
        error: "must be an address of this machine without a port, such as 127.0.0.1, 0.0.0.0 or ::1",
      })
      .transform((text) => listenHostFrom(text) ?? text),
    BASE_URL: url(["http:", "https:"])
      .transform((text) => originFrom(text.replace(/\/+$/, "")) ?? "")
      .refine((origin) => origin !== "", { error: "must be an address without a path, a name or a password" })
      .optional(),
    SMTP_URL: url(["smtp:", "smtps:"])
      .refine(isServerAddress, { error: "must name a server, with its name and password percent-encoded" })
      .optional(),
    SECRET: z.string().min(32, { error: "must be at least 32 characters" }).optional(),
    ROLE: z
      .string()
      .default("all")
      .transform((text) => (text === "all" ? "web,mail,worker" : text).split(",").map((part) => part.trim()))
      .pipe(z.array(z.enum(["web", "mail", "worker"], { error: "must be all, or any of web,mail,worker" })).min(1)),
    LOG_LEVEL: z.enum(["trace", "debug", "info", "warn", "error", "fatal", "silent"]).default("info"),
    LOG_FORMAT: z.enum(["json", "pretty"], { error: "must be json or pretty" }).optional(),
    /** The proxies in front whose X-Forwarded-For is believed. */
    TRUST_PROXY: z
      .string()
      .refine((text) => trustFrom(text) !== null, {
        error: "must be how many proxies stand in front, or their addresses or ranges with commas between",
      })
      .optional(),
  })
  .refine((env) => !env.SMTP_URL || env.BASE_URL, {
    path: ["SMTP_URL"],
    error: "needs BASE_URL as well: mail that leaves this machine carries links the customer must be able to open",
  })
  .transform((env, context) => ({
    ...env,
    certificate: certificateOf(env, context.addIssue),
    trustProxy: (env.TRUST_PROXY === undefined ? null : trustFrom(env.TRUST_PROXY)) ?? trustNobody,
  }))

export type Env = z.infer<typeof Env>
export type Role = Env["ROLE"][number]

/** A wrong environment, in one line per value. The caller prints it and ends with exit code 1. */
export class EnvProblem extends Error {}

/** The only reader of the environment. An empty value counts as not set. */
export function readEnv(from: NodeJS.ProcessEnv = process.env): Env {
  const given = Object.fromEntries(Object.entries(from).filter(([, value]) => value !== ""))
  const read = Env.safeParse(given)
  if (read.success) return read.data
  throw new EnvProblem(
    read.error.issues.map((issue) => `${String(issue.path[0] ?? "environment")}: ${issue.message}`).join("\n"),
  )
}

/**
 * How the log is written: as asked for, else so that a person can read it on a terminal and a program anywhere else.
 * Asked before the rest of the environment is known to be right, so that what is wrong with it can be told alike.
 */
export function logFormat(
  from: Record<string, string | undefined> = process.env,
  isTerminal = process.stdout.isTTY === true,
) {
  const { LOG_FORMAT: asked } = from
  if (asked === "json" || asked === "pretty") return { format: asked, isAskedFor: true } as const
  return { format: isTerminal ? "pretty" : "json", isAskedFor: false } as const
}

type Files = { MAIL_CERT?: string | undefined; MAIL_KEY?: string | undefined }
type Tell = (issue: { code: "custom"; path: string[]; message: string }) => void

/** Read and tried at the start: a certificate that does not fit its key would otherwise show at the first STARTTLS. */
function certificateOf({ MAIL_CERT, MAIL_KEY }: Files, tell: Tell) {
  if (!MAIL_CERT && !MAIL_KEY) return null
  const name = MAIL_CERT ? "MAIL_KEY" : "MAIL_CERT"
  const wrong = (path: string, message: string) => {
    tell({ code: "custom", path: [path], message })
    return null
  }
  if (!MAIL_CERT || !MAIL_KEY) return wrong(name, "MAIL_CERT and MAIL_KEY are set together or not at all")
  try {
    const certificate = { cert: readFileSync(MAIL_CERT, "utf8"), key: readFileSync(MAIL_KEY, "utf8") }
    createSecureContext(certificate)
    return certificate
  } catch (error) {
    const { code, path, message } = error as NodeJS.ErrnoException
    if (path) return wrong(path === MAIL_KEY ? "MAIL_KEY" : "MAIL_CERT", `the file ${path} cannot be read (${code})`)
    return wrong("MAIL_CERT", `is no certificate that fits MAIL_KEY (${message})`)
  }
}

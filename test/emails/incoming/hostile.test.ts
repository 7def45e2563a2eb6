import fc from "fast-check"
import { expect, test } from "vitest"
import type { Email } from "#emails/incoming/email.ts"
import { readEmail } from "#emails/incoming/parse.server.ts"
import { storms } from "#test/fixtures/hostile-mail.ts"
import { mailFile } from "#test/fixtures/mail-file.ts"
import { mailNames, mutantsOf } from "#test/fixtures/mutants.ts"
import { sized } from "#test/support/sizes.ts"

/** The seed of a failure is in its message: MAIL_SEED and MAIL_MUTATIONS=1 make it again. */
const mutations = Number(process.env.MAIL_MUTATIONS ?? sized({ push: 400, night: 10_000, release: 200_000 }))

for (const [storm, { make, text, isCut }] of Object.entries(storms))
  test(`${storm}: what can be read is, and what is left out is said`, { timeout: 60_000 }, async () => {
    const email = await readEmail(make())
    expect(email.subject).toMatch(/^big/)
    expect(email.text).toContain(text)
    expect(email.newText).toContain(text)
    expect(email.trouble !== null).toBe(isCut)
    isFit(email)
  })

test("of a text of 9 MB the first 8 are read, and the files beside it whole", async () => {
  const long = (type: string, line: string) => `Content-Type: ${type}\n\n${line.repeat(9 * 2 ** 17)}`
  const parts = [
    long("text/plain", "a word \n"),
    long('text/plain\nContent-Disposition: inline; filename="a.txt"', "a name \n"),
    long("text/plain\nContent-Disposition: attachment", "a file \n"),
    "Content-Type: text/plain\n\nthe end\n",
  ]
  const head = "From: dana@customer.example\nContent-Type: multipart/mixed; boundary=b\n\n"
  const email = await readEmail(Buffer.from(`${head}${parts.map((part) => `--b\n${part}`).join("\n")}\n--b--\n`))
  expect(email.attachments.map(({ filename, bytes }) => [filename, bytes.length])).toEqual([
    ["a.txt", 9 * 2 ** 20],
    ["attachment.txt", 9 * 2 ** 20],
  ])
  expect(email.text.slice(0, 20)).toBe("a word \na word \na wo")
  expect(email.trouble).toContain("Only the first 8 MB of a text were read.")
})

test(`${mutations} mails damaged at random are all read`, {
  timeout: 60_000 + mutations * 30,
}, async () => {
  const first = Number(process.env.MAIL_SEED ?? 20110211)
  for (const { seed, raw } of mutantsOf(mutations, first)) {
    const email = await readEmail(raw)
    expect(email.trouble ?? "", `MAIL_SEED=${seed} MAIL_MUTATIONS=1`).not.toMatch(/only its header/i)
    expect(() => isFit(email), `MAIL_SEED=${seed} MAIL_MUTATIONS=1`).not.toThrow()
  }
})

type Tree = { kind: string; children: Tree[]; boundary: string; closed: boolean; head: string[]; body: string }

const line = fc.oneof(fc.string({ maxLength: 30 }), fc.string({ unit: "binary", maxLength: 30 }))
const headLine = fc.oneof(
  fc.constantFrom(
    ..."base64 quoted-printable 7bit 8bit x-uuencode".split(" ").map((name) => `Content-Transfer-Encoding: ${name}`),
    'Content-Disposition: attachment; filename="a.txt"',
    "Content-Disposition: inline; filename*0*=utf-8''a%; filename*1*=b",
    "Content-ID: <x@y>",
  ),
  line.map((words) => `X-Any: ${words}`),
)
const kinds = "mixed alternative related report signed digest encrypted nonsense"
  .split(" ")
  .map((kind) => `multipart/${kind}`)
const leaves = "text/plain text/html text/calendar image/png message/rfc822 message/delivery-status nonsense".split(" ")
const { tree } = fc.letrec<{ tree: Tree }>((tie) => ({
  tree: fc.record({
    kind: fc.constantFrom(...kinds, ...leaves),
    children: fc.oneof({ depthSize: "small" }, fc.constant<Tree[]>([]), fc.array(tie("tree"), { maxLength: 4 })),
    boundary: fc.constantFrom("b", "bb", "b--", "", "=_x", "ü"),
    closed: fc.boolean(),
    head: fc.array(headLine, { maxLength: 3 }),
    body: fc.array(line, { maxLength: 5 }).map((lines) => lines.join("\r\n")),
  }),
}))

function written({ kind, children, boundary, closed, head, body }: Tree): string {
  const type = kind.startsWith("multipart/") ? `${kind}; boundary="${boundary}"` : `${kind}; charset=utf-8`
  const inner = children.map((child) => `--${boundary}\r\n${written(child)}\r\n`).join("")
  return `Content-Type: ${type}\r\n${head.join("\r\n")}\r\n\r\n${body}\r\n${inner}${closed ? `--${boundary}--\r\n` : ""}`
}

test("whatever tree of parts a mail is made of, its header is read and nothing throws", {
  timeout: 60_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(tree, async (parts) => {
      const email = await readEmail(Buffer.from(`Subject: here\r\nFrom: dana@customer.example\r\n${written(parts)}`))
      expect(email.subject).toBe("here")
      expect(email.from).toEqual([{ name: "", address: "dana@customer.example" }])
      isFit(email)
    }),
    { numRuns: Math.max(100, Math.round(mutations / 5)) },
  )
})

const asLf = (raw: Buffer) => raw.toString("latin1").replace(/\r\n?/g, "\n")
const facts = async (text: string) => {
  const { attachments, headers, ...email } = await readEmail(Buffer.from(text, "latin1"))
  // The bytes of a text file keep the line ends they came with; everything understood is the same.
  const files = attachments.map(({ filename, contentType, inline, contentId }) => ({
    filename,
    contentType,
    inline,
    contentId,
  }))
  return { ...email, files, headers: [...headers] }
}

for (const name of mailNames)
  test(`${name} reads the same whatever ends its lines`, async () => {
    const lf = asLf(mailFile(name))
    const expected = await facts(lf)
    for (const end of ["\r", "\r\n", "\r\r\n"]) expect(await facts(lf.replaceAll("\n", end))).toEqual(expected)
  })

/** Fit for the database and for JSON: no NUL, no lone surrogate. */
function isFit(email: Email) {
  const { attachments, headers, ...rest } = email
  const files = attachments.map(({ bytes: _, ...file }) => file)
  JSON.stringify([rest, files, [...headers]], (_key, value) => {
    if (typeof value === "string") expect(unfit.exec(value)?.[0]).toBe(undefined)
    return value
  })
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: the point of the test
const unfit = /.{0,20}(?:\u0000|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]).{0,20}/s

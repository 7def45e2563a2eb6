import { type ChildProcess, spawn } from "node:child_process"
import { chownSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, utimesSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { ImapFlow } from "imapflow"
import { freePort } from "#test/support/free-port.ts"

/** Debian's package dovecot-imapd puts it there. */
export const dovecotPath = ["/usr/sbin/dovecot", "/usr/local/sbin/dovecot"].find((path) => existsSync(path)) ?? null

export const password = "what-only-the-mailbox-knows"
const isRoot = process.getuid?.() === 0
/** Dovecot gives no mail to root. */
const nobody = 65_534
const uid = isRoot ? nobody : (process.getuid?.() ?? nobody)
const gid = isRoot ? nobody : (process.getgid?.() ?? nobody)

type More = {
  /** Where access tokens are asked about; left out: none are taken. */
  tokenInfo?: string
}

/** A real Dovecot on a free port of this machine with one Maildir, thrown away when it is stopped. */
export async function startDovecot(more: More = {}) {
  const folder = mkdtempSync(join(tmpdir(), "upturn-dovecot-"))
  const home = join(folder, "mail")
  const port = await freePort()
  owned(home)
  chownSync(folder, uid, gid)
  const config = join(folder, "dovecot.conf")
  writeFileSync(config, configFor(folder, port, more))
  if (more.tokenInfo) writeFileSync(join(folder, "oauth2.conf"), oauthFor(more.tokenInfo))
  let child = await run(config, port)
  let serial = 0
  const maildir = join(home, "Maildir")
  return {
    port,
    account: {
      host: "127.0.0.1",
      port,
      security: "none",
      user: "help@desk.example",
      secret: { pass: password },
    } as const,
    /** As a mail server delivers: into tmp, then renamed into new. */
    deliver(mail: string | Buffer, { at = new Date(), seen = false } = {}) {
      for (const name of ["", "cur", "new", "tmp"]) owned(join(maildir, name))
      const name = `${Math.floor(at.getTime() / 1000)}.M${String(++serial).padStart(6, "0")}P1.test`
      const draft = join(maildir, "tmp", name)
      writeFileSync(draft, mail)
      chownSync(draft, uid, gid)
      utimesSync(draft, at, at)
      renameSync(draft, join(maildir, seen ? `cur/${name}:2,S` : `new/${name}`))
    },
    /** What lies in a folder, all of it, asked without a line of our own: the desk's client is what the tests try. */
    async uidsIn(path: string): Promise<number[]> {
      const { user, secret } = this.account
      const imap = new ImapFlow({
        host: "127.0.0.1",
        port,
        secure: false,
        doSTARTTLS: false,
        auth: { user, ...secret },
        logger: false,
      })
      await imap.connect()
      try {
        await imap.mailboxOpen(path, { readOnly: true })
        return (await imap.search({ all: true }, { uid: true })) || []
      } finally {
        await imap.logout()
      }
    },
    /** The mailbox made anew, as after a move to another machine: other numbers under another UIDVALIDITY. */
    async recreate() {
      await ended(child)
      rmSync(maildir, { recursive: true, force: true })
      // Dovecot numbers folders by the second they were made in.
      await new Promise((done) => setTimeout(done, 1100))
      child = await run(config, port)
    },
    cut: () => ended(child),
    async restart() {
      child = await run(config, port)
    },
    async stop() {
      await ended(child)
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function owned(folder: string) {
  if (existsSync(folder)) return
  mkdirSync(folder, { recursive: true })
  chownSync(folder, uid, gid)
}

function configFor(folder: string, port: number, { tokenInfo }: More) {
  const users = isRoot
    ? ""
    : `default_internal_user = ${process.env.USER ?? "nobody"}\ndefault_login_user = ${process.env.USER ?? "nobody"}\n`
  const free = isRoot ? "" : "service anvil { chroot = }\nservice stats { chroot = }\n"
  const tokens = `passdb {\n  driver = oauth2\n  mechanisms = xoauth2 oauthbearer\n  args = ${folder}/oauth2.conf\n}\n`
  return `${users}${free}
protocols = imap
listen = 127.0.0.1
base_dir = ${folder}/run
state_dir = ${folder}/state
log_path = ${folder}/log
ssl = no
disable_plaintext_auth = no
auth_mechanisms = plain login${tokenInfo ? " xoauth2 oauthbearer" : ""}
auth_failure_delay = 0
mail_location = maildir:${folder}/mail/Maildir
mailbox_idle_check_interval = 1 secs
first_valid_uid = 1
${tokenInfo ? tokens : ""}passdb {
  driver = static
  ${tokenInfo ? "mechanisms = plain login\n  " : ""}args = password=${password}
}
userdb {
  driver = static
  args = uid=${uid} gid=${gid} home=${folder}/mail
}
namespace inbox {
  inbox = yes
  separator = /
}
service anvil {
  unix_listener anvil-auth-penalty {
    mode = 0
  }
}
service imap-login {
  chroot =
  inet_listener imap {
    port = ${port}
  }
  inet_listener imaps {
    port = 0
  }
}
`
}

const oauthFor = (tokenInfo: string) => `tokeninfo_url = ${tokenInfo}?access_token=
introspection_mode = auth
username_attribute = email
`

async function run(config: string, port: number): Promise<ChildProcess> {
  const child = spawn(dovecotPath ?? "dovecot", ["-F", "-c", config], { stdio: ["ignore", "pipe", "pipe"] })
  let said = ""
  child.stderr?.on("data", (chunk) => (said += chunk))
  for (let tries = 0; tries < 200; tries++) {
    if (child.exitCode !== null) throw new Error(`Dovecot ended: ${said}`)
    if (await answers(port)) return child
    await new Promise((done) => setTimeout(done, 50))
  }
  throw new Error(`Dovecot did not begin: ${said}`)
}

async function answers(port: number) {
  const { connect } = await import("node:net")
  return new Promise<boolean>((done) => {
    const socket = connect(port, "127.0.0.1")
    socket
      .once("data", () => done(true))
      .once("error", () => done(false))
      .once("close", () => done(false))
    socket.once("data", () => socket.destroy())
  })
}

function ended(child: ChildProcess) {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve()
  return new Promise<void>((done) => {
    child.once("exit", () => done())
    child.kill("SIGTERM")
  })
}

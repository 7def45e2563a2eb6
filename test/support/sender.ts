import { deskNow, setClock } from "#app/clock.server.ts"
import { deliverNext } from "#app/models/mail/outbox.server.ts"
import { setSecret } from "#app/models/people/secret.server.ts"
import { connect } from "#db/connection.server.ts"

/** A process that sends whatever is due, four at a time, until it is killed. Arguments: database, mail server. */
const [databaseUrl = "", smtpUrl = ""] = process.argv.slice(2)
setSecret("what the tests sign with, 32 characters")
connect(databaseUrl)
await setClock(false)
process.stdout.write("sending\n")
await Promise.all(Array.from({ length: 4 }, (_, n) => loop(`sender ${n}`)))

async function loop(lease: string) {
  for (;;) if (!(await deliverNext(lease, deskNow, { smtpUrl }))) await new Promise((done) => setTimeout(done, 20))
}

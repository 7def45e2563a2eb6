import { createServer } from "node:net"
import { expect, test } from "vitest"
import { readEnv } from "#app/env.server.ts"
import { checkListening } from "#app/listen-check.server.ts"

const wrongWith = async (given: Record<string, string>) => {
  const env = readEnv({ NODE_ENV: "test", PORT: "0", MAIL_PORT: "0", ...given })
  return checkListening(env).then(
    () => null,
    (error: Error) => error.message,
  )
}

test("what stands in the way of listening is said, for each door that is to be opened and for no other", async () => {
  const busy = createServer().listen(0, "127.0.0.1")
  await new Promise((ready) => busy.once("listening", ready))
  const port = String((busy.address() as { port: number }).port)
  expect(await wrongWith({ PORT: port })).toMatch(`Port ${port} is in use.`)
  expect(await wrongWith({ MAIL_PORT: port })).toMatch(`Port ${port} is in use.`)
  expect(await wrongWith({ HOST: "0.0.0.0", MAIL_PORT: port, ROLE: "mail" })).toMatch(`Port ${port} is in use.`)
  expect(await wrongWith({ PORT: port, ROLE: "worker,mail" })).toBeNull()
  busy.close()
})

test("two doors at one port, and a HOST that leads nowhere or elsewhere, are said", async () => {
  expect(await wrongWith({ PORT: "4001", MAIL_PORT: "4001" })).toMatch(/^PORT and MAIL_PORT are both 4001/)
  expect(await wrongWith({ HOST: "192.0.2.1" })).toMatch(/^HOST: 192\.0\.2\.1 is not an address of this machine/)
  expect(await wrongWith({ HOST: "2001:db8::1" })).toMatch(/^HOST: 2001:db8::1 /)
  expect(await wrongWith({ HOST: "nowhere.invalid" })).toMatch(/^HOST: nowhere\.invalid leads to no address/)
  expect(await wrongWith({ HOST: "[::]" })).toBeNull()
  await expect(wrongWith({ HOST: "0.0.0.0:3000" })).rejects.toThrow(/HOST: must be an address .* without a port/)
})

import ipaddr from "ipaddr.js"

export type Listening = { setting: "PORT" | "MAIL_PORT"; host: string; port: number }

/** A door that cannot be opened, in one line a person can act on. */
export class ListenProblem extends Error {}

/** As Node listens on it: IPv6 without the brackets it has in an address. Null: no name or address of a machine. */
export function listenHostFrom(text: string): string | null {
  const host = text.trim().replace(/^\[(.*)\]$/, "$1")
  if (host.includes(":")) return ipaddr.IPv6.isValid(host) ? host : null
  const labels = host.replace(/\.$/, "").split(".")
  return host.length <= 253 && labels.every((label) => /^[a-z\d_][a-z\d_-]{0,62}$/i.test(label)) ? host : null
}

/** A host with a port, as it stands in an address: IPv6 in brackets (RFC 3986 3.2.2). */
export const hostAndPort = (host: string, port: number) => `${host.includes(":") ? `[${host}]` : host}:${port}`

/** Where somebody on this machine finds a door that listens there: "all addresses" is none to call. */
export function callable(host: string): string {
  if (host === "0.0.0.0") return "127.0.0.1"
  return host.includes(":") && /^[0:]+$/.test(host) ? "::1" : host
}

/** What the operating system says against listening there, in words; null for what is no such refusal. */
export function listenWords(code: string, { setting, host, port }: Listening): string | null {
  if (code === "EADDRINUSE")
    return `Port ${port} is in use. Set PORT or MAIL_PORT to a free one, or stop what uses it (${setting}, on ${host}).`
  if (code === "EACCES")
    return `Port ${port} may not be opened by this user. Set PORT or MAIL_PORT above 1023 (${setting}, on ${host}).`
  if (code === "EADDRNOTAVAIL")
    return `HOST: ${host} is not an address of this machine. Set it to one that is, or to 0.0.0.0 for all of them.`
  if (/^(ENOTFOUND|EAI_\w+|ENODATA|ETIMEOUT|ESERVFAIL)$/.test(code))
    return `HOST: ${host} leads to no address (${code}). Set it to an address of this machine, or to 0.0.0.0 for all of them.`
  if (code === "EAFNOSUPPORT")
    return `HOST: this machine has no addresses of the kind of ${host}. Set it to one it has, such as 127.0.0.1.`
  return null
}

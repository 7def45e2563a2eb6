/** The words for the chip of an invitation: what, when, who (RFC 5545, 5546). Never answered by us (RFC 6047). */
export function invitationWords(calendar: string): string {
  const lines = calendar
    .slice(0, 200_000)
    .replace(/\r\n?/g, "\n")
    .replace(/\n[ \t]/g, "")
    .split("\n", 5000)
  const event = lines.indexOf("BEGIN:VEVENT")
  const value = (name: string, from = 0) => {
    const line = lines.slice(Math.max(0, from)).find((one) => new RegExp(`^${name}[:;]`, "i").test(one)) ?? ""
    return unescaped(line.slice(line.indexOf(":") + 1)).trim()
  }
  const method = methods[value("METHOD").toUpperCase()] ?? "Calendar entry"
  const parts = [value("SUMMARY", event).slice(0, 120), whenOf(lines.slice(Math.max(0, event))), organiserOf(lines)]
  return `${method}: ${parts.filter((part) => part !== "").join(", ") || "without a title"}`
}

const methods: Partial<Record<string, string>> = {
  REQUEST: "Invitation",
  PUBLISH: "Calendar entry",
  REPLY: "Answer to an invitation",
  CANCEL: "Cancelled",
  COUNTER: "Another time proposed",
}

const unescaped = (text: string) => text.replace(/\\n/gi, " ").replace(/\\([\\;,])/g, "$1")

/** As the organiser wrote it, with their zone: what it is in another only their calendar knows. */
function whenOf(lines: readonly string[]) {
  const line = lines.find((one) => /^DTSTART[:;]/i.test(one)) ?? ""
  const [, year, month, day, hour, minute, utc] = /:(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)\d\d(Z)?)?\s*$/.exec(line) ?? []
  if (!year) return ""
  const date = `${Number(day)} ${months[Number(month) - 1] ?? month} ${year}`
  const zone = utc ? "UTC" : (/TZID="?([^";:]{1,60})/i.exec(line)?.[1] ?? "")
  return hour ? `${date} at ${hour}:${minute}${zone ? ` (${zone})` : ""}` : date
}

const months = "January February March April May June July August September October November December".split(" ")

function organiserOf(lines: readonly string[]) {
  const line = lines.find((one) => /^ORGANIZER[:;]/i.test(one)) ?? ""
  const name = /CN="?([^";:]{1,80})/i.exec(line)?.[1]
  const address = /mailto:([^\s;"]{3,200})/i.exec(line)?.[1]
  return name || address ? `from ${name ?? address}` : ""
}

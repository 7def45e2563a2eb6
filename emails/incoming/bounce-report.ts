import { pgText, withoutEnd } from "./text.ts"

/** What a delivery report (RFC 3464) says of one recipient. */
export type ReportGroup = { action: string; address: string; status: string; diagnostic: string }

type Draft = { [name: string]: string }

/** In the order of trust: what we sent to is the original recipient; the final one may be an alias unknown to us. */
const recipientFields = ["original-recipient", "final-recipient", "x-actual-recipient"]
const diagnosticFields = ["diagnostic-code", "x-supplementary-info", "x-display-error", "reason"]
const kept = [...recipientFields, ...diagnosticFields, "action", "status"]

/**
 * The per-recipient groups of a delivery report. Real ones miss blank lines and fields or have too many, so a group ends
 * at a blank line if it is complete, and where a field comes again.
 */
export function groupsIn(report: string): ReportGroup[] {
  const drafts: Draft[] = [{}]
  for (const [name, value] of fieldsIn(report)) {
    const draft = drafts.at(-1) ?? {}
    if (name === "" ? isComplete(draft) : kept.includes(name) && name in draft) drafts.push({})
    if (kept.includes(name)) Object.assign(drafts.at(-1) ?? {}, { [name]: value })
  }
  return drafts.filter(isComplete).map(groupOf)
}

/** A recipient and what became of it. */
const isComplete = (draft: Draft) =>
  recipientFields.some((name) => name in draft) &&
  ("action" in draft || "status" in draft || "diagnostic-code" in draft)

function groupOf(draft: Draft): ReportGroup {
  const named = recipientFields.map((name) => addressIn(draft[name] ?? ""))
  const told = draft.status ?? ""
  return {
    action: (draft.action ?? "").trim().toLowerCase(),
    address: named.find((one) => one.includes("@")) ?? named.find((one) => one !== "") ?? "",
    status: /[245]\.\d{1,3}\.\d{1,3}/.exec(told)?.[0] ?? "",
    // A comment behind the status, or words in its place, say what the server said.
    diagnostic: [...diagnosticFields.map((name) => draft[name] ?? ""), told.replace(/^[\d.\s]+/, "")].join(" ").trim(),
  }
}

/** Lines with their folding undone; a blank one as a field without a name. */
export function fieldsIn(report: string): [string, string][] {
  return report
    .slice(0, 200_000)
    .replace(/\r\n?/g, "\n")
    .replace(/\n[ \t]+(?=\S)/g, " ")
    .split("\n")
    .flatMap((line): [string, string][] => {
      const colon = line.indexOf(":")
      if (line.trim() === "") return [["", ""]]
      return colon > 0 ? [[line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim()]] : []
    })
}

/** The address of `rfc822;<a@b>`, also of `rfc822; a@b (comment)`; a name where there is no address. */
function addressIn(value: string) {
  const bare = value
    .replace(/^[^;]{0,40};/, "")
    .trim()
    .slice(0, 400)
    .replace(/^<|>$/g, "")
  const found = /[^\s<>"=]{1,320}@[^\s<>"]+/.exec(bare)?.[0]
  return (found && withoutEnd(found, "<>.,;")) ?? (/^\/|=/.test(bare) ? "" : bare)
}

export const decodeReport = (bytes: Uint8Array) => pgText(new TextDecoder().decode(bytes.subarray(0, 1024 * 1024)))

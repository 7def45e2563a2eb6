import type { Facts } from "./facts.ts"
import { quoted, type Warning } from "./warning.ts"

type QueueAge = { queue: string; due: number; oldestSeconds: number }

/** What concerns the desk's own work: what waits, what fails, keys and settings. `stuck`: queues nobody works on. */
export function upkeepWarnings(facts: Facts, stuck: QueueAge[], now: Date): Warning[] {
  return [
    ...stuck.map((queue) => waiting(queue, now)),
    ...facts.rounds.map(
      ({ name, since, times, said }): Warning => ({
        ...{ kind: "work-fails", about: name, since: new Date(since), count: times, to: "/settings/warnings" },
        line: `The part of the worker named "${name}" failed ${times} times running`,
        more: `The last failure was ${quoted(said)}. The log holds each; starting the desk again may help, and a report to its makers does.`,
      }),
    ),
    ...facts.jobs.map(
      ({ kind, count, since, attempts, said }): Warning => ({
        ...{ kind: "job-fails", about: kind, since: new Date(since), count, to: "/settings/warnings" },
        line: `The job "${kind}" failed ${attempts} times`,
        more: `The last failure was ${quoted(said)}. It is tried again by itself, at last once a day${kind === "tallies" ? "; npm run desk -- rebuild does the same work" : ""}.`,
      }),
    ),
    ...facts.unsigned.map(
      ({ domain, since, said, box }): Warning => ({
        ...{ kind: "signing-off", about: domain, since: new Date(since), count: 1 },
        line: `Mail from ${domain} is not signed: no key of it is published in DNS`,
        more: `${said || "Not checked yet."} Publish the record shown under Signing and DNS, then check it there, or forget the key.`,
        to: box === null ? "/settings/mailboxes" : `/settings/signing/${box}`,
      }),
    ),
    ...facts.unread.map(
      (key): Warning => ({
        ...{ kind: "setting-unreadable", about: key, since: now, count: 1, to: "/settings/desk" },
        line: `The setting ${key} cannot be read and counts as never set`,
        more: `Set it again: npm run desk -- settings set ${key} <value>`,
      }),
    ),
  ]
}

function waiting({ queue, due, oldestSeconds }: QueueAge, now: Date): Warning {
  return {
    ...{ kind: "work-waits", about: queue, since: new Date(now.getTime() - oldestSeconds * 1000), count: due },
    line: `Nobody works on "${queue}": ${due} due, the oldest for ${inMinutes(oldestSeconds)}`,
    more: "Is a desk with ROLE=worker running, and does its log say why it does not come to it?",
    to: "/settings/warnings",
  }
}

const inMinutes = (seconds: number) => `${Math.round(seconds / 60)} min`

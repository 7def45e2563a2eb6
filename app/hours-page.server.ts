import { deskNow } from "./clock.server.ts"
import { textOf } from "./form.ts"
import { isAtLeast, type Viewer } from "./models/people/agent.ts"
import { hoursOf } from "./models/people/agent-hours.server.ts"
import { setting } from "./models/people/settings.server.ts"
import { dayNames, dayText, weekText } from "./models/people/week.ts"

/** A person's hours and away days as the pages show them, to themselves and to leads. */
export async function hoursPage(viewer: Viewer, agentId: number) {
  if (viewer.id !== agentId && !isAtLeast(viewer, "lead"))
    throw new Response("Only a lead sees the hours of others.", { status: 403 })
  const [hours, deskZone] = await Promise.all([hoursOf(agentId, deskNow()), setting("desk.timeZone")])
  if (!hours) throw nobody()
  const { name, ownZone, timeZone, week, absences } = hours
  return {
    ...{ agentId, name, ownZone: ownZone ?? "", timeZone, deskZone },
    isOwn: viewer.id === agentId,
    days: dayNames.map((_, index) => dayText(week, index + 1)),
    week: weekText(week),
    absences: absences.map((one) => ({
      ...one,
      startsAt: one.startsAt.toISOString(),
      endsAt: one.endsAt.toISOString(),
    })),
  }
}

export type HoursShown = Awaited<ReturnType<typeof hoursPage>>

export const zonesWith = (zone: string) =>
  [...new Set(["UTC", ...Intl.supportedValuesOf("timeZone"), zone])].filter(Boolean)

export const typedAbsence = (form: FormData) => ({
  ...{ first: textOf(form, "first"), last: textOf(form, "last"), part: textOf(form, "part") },
  ...{ from: textOf(form, "from"), to: textOf(form, "to"), note: textOf(form, "note") },
})

/** Where a press came from, with what happened to say there. */
export const backTo = (path: string, saved: string) => `${path}${path.includes("?") ? "&" : "?"}saved=${saved}`

export const nobody = () => new Response("There is nobody like that on this desk.", { status: 404 })

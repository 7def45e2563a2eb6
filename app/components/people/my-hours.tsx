import type { SerializeFrom } from "@remix-run/node"
import type { HoursShown } from "#app/hours-page.server.ts"
import type { Presence } from "#app/models/people/agent.ts"
import { AwayDays } from "./away-days.tsx"
import { AwaySwitch } from "./away-switch.tsx"

type Props = { hours: SerializeFrom<HoursShown>; presence: Presence }

/** One's own switch, hours and away days. The hours are a lead's to change. */
export function MyHours({ hours, presence }: Props) {
  return (
    <>
      <section className="stack stack--tight" aria-labelledby="away">
        <h2 id="away">{presence.state === "present" ? "Here" : presence.state === "away" ? "Away" : "Off duty"}</h2>
        <AwaySwitch {...hours} presence={presence} back="/me?saved=presence" />
      </section>
      <section className="stack stack--tight" aria-labelledby="hours">
        <h2 id="hours">My hours</h2>
        <p>
          {hours.week || "Always on shift"} <span className="quiet">{hours.timeZone}. A lead changes them.</span>
        </p>
      </section>
      <section className="stack stack--tight" aria-labelledby="away-days">
        <h2 id="away-days">My away days</h2>
        <AwayDays {...hours} back="/me" />
      </section>
    </>
  )
}

import { addBusinessDays, addDays, type Calendar, openOn } from "#app/models/people/hours.ts"
import { later, type Wall } from "./days.ts"
import type { Scene } from "./scenes.ts"

/** A frown of these days. The moments are null where that has not happened. */
export type FrownScene = {
  pressedAt: Date
  dueAt: Date
  words: string
  cause: string
  /** Null: whoever wrote the rated reply. */
  owner: string | null
  claimedAt: Date | null
  contactedAt: Date | null
  turnedAt: Date | null
  closedAt: Date | null
}

type Told = Pick<FrownScene, "words" | "cause"> & Partial<FrownScene>

/** Some nobody has yet, one overdue, some in hand, some just turned. */
export function frownScenes(calendar: Calendar, wall: Wall, dueBusinessDays: number, now: Date): Scene[] {
  const ago = (minutes: number) => later(now, -minutes)
  const day = (back: number) => businessDaysBack(calendar, wall.dayOf(now), back)
  const dueLater = openedForToday(calendar, wall, dueBusinessDays, now)
  const told = (pressedAt: Date, rest: Told): FrownScene => ({
    ...{ owner: null, claimedAt: null, contactedAt: null, turnedAt: null, closedAt: null, ...rest, pressedAt },
    dueAt: addBusinessDays(later(pressedAt, 3.02), dueBusinessDays, calendar),
  })
  const morning = (back: number, minutes: number) => wall.at(day(back), minutes)
  return [
    told(later(dueLater, -48), { words: "I've now explained this three times.", cause: "had-to-repeat" }),
    told(later(dueLater, -9), {
      words: "Three days for an answer. By then I'd solved it myself.",
      cause: "slow-first-reply",
    }),
    told(morning(3, 640), { words: "We lost half a day and a file. Sorry doesn't bring it back.", cause: "outage" }),
    told(ago(205), {
      words: "A form letter. Thanks for nothing.",
      cause: "felt-canned",
      owner: "Merissa",
      claimedAt: ago(70),
    }),
    told(ago(330), {
      words: "You answered one of three questions.",
      cause: "incomplete",
      owner: "Joan",
      claimedAt: ago(125),
    }),
    told(morning(2, 560), {
      ...{ words: "That is not what I asked at all.", cause: "misunderstood", owner: "Kristin" },
      ...{ claimedAt: morning(2, 640), contactedAt: morning(1, 575) },
    }),
    told(morning(4, 900), {
      ...{ words: "The invoice is still wrong, for the third month.", cause: "price", owner: "Joan" },
      ...{ claimedAt: morning(3, 560), contactedAt: morning(3, 630) },
    }),
    told(morning(3, 700), {
      ...{ words: "Same error as before, nothing has changed.", cause: "bug", owner: "Joan" },
      ...{ claimedAt: morning(3, 760), contactedAt: morning(2, 610), turnedAt: ago(66) },
    }),
    ...[2, 4, 6].map((back) =>
      told(morning(back + 2, 610 + back * 20), {
        ...{ words: "I still don't know what to do next.", cause: "incomplete", owner: "Merissa" },
        ...{ claimedAt: morning(back + 1, 560), contactedAt: morning(back + 1, 600) },
        ...{ turnedAt: morning(back, 660), closedAt: morning(back, 800) },
      }),
    ),
  ].map((frown) => sceneOf(frown))
}

function sceneOf(frown: FrownScene): Scene {
  const answered = later(frown.pressedAt, -37)
  return {
    ...{ mailbox: frown.cause === "price" ? "billing" : "help", snoozedUntil: null, givenAgainAt: null },
    ...{ rated: null, extra: null, frown },
    closes: frown.closedAt !== null,
    turns: [
      { asked: later(answered, -95), answered },
      // What they wrote beside the face stands in the case, until somebody answers it.
      { asked: later(frown.pressedAt, 0.8), answered: frown.contactedAt },
    ],
  }
}

/** When a frown had to open so that it is due today, in an hour or two if the desk is still open then. */
function openedForToday(calendar: Calendar, wall: Wall, dueBusinessDays: number, now: Date): Date {
  const [open] = openOn(wall.dayOf(now), calendar)
  const due = open && later(now, 80) < open.to ? later(now, 80) : (open?.to ?? later(now, 600))
  const minutes = Math.floor((due.getTime() - wall.at(wall.dayOf(now), 0).getTime()) / 60_000)
  return later(wall.at(businessDaysBack(calendar, wall.dayOf(now), dueBusinessDays), minutes), -3.02)
}

function businessDaysBack(calendar: Calendar, from: string, count: number): string {
  let day = from
  for (let left = count; left > 0; ) {
    day = addDays(day, -1)
    if (openOn(day, calendar).length > 0) left--
  }
  return day
}

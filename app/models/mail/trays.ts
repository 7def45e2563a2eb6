/** Where mail rests that a person should look at, the one to be looked at first in front. */
export const trays = ["held", "spam", "undeliverable"] as const
export type Tray = (typeof trays)[number]

export const isTray = (text: string | undefined): text is Tray => trays.some((tray) => tray === text)

export const trayWords: Record<Tray, { name: string; about: string; empty: string }> = {
  held: {
    name: "Held",
    about:
      "Mail in your cases that moves nothing until you decide: its sender is new there or in doubt, or wrote too much at once.",
    empty:
      "Nothing is held. Mail from somebody new in a case, that its domain disowns, or of which too many come at once, will wait here for you.",
  },
  spam: {
    name: "Spam",
    about: "Mail that became no case. It is kept for 30 days.",
    empty: "No spam. What a filter in front of the desk marks, and what blocked senders write, will rest here.",
  },
  undeliverable: {
    name: "Undeliverable",
    about: "Reports of mail that came back, which name none of ours.",
    empty: "Nothing here. Reports about our own mail stand in their cases, beside the reply that failed.",
  },
}

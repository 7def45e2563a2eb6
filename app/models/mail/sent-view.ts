/** The lists of Sent mail, with what an empty one says. */
export const sentViews = {
  all: { name: "All", empty: "Nothing was written yet. Replies show up here the moment they are sent." },
  problems: { name: "Problems", empty: "Every mail found its way, or is still on it." },
  waiting: { name: "Waiting", empty: "Nothing waits to leave." },
  sent: { name: "Sent", empty: "Nothing has left yet." },
  kept: { name: "Kept here", empty: "Nothing is kept: an outgoing mail server is set, or nothing was written." },
} as const

export type SentView = keyof typeof sentViews

export const isSentView = (text: string | null): text is SentView => text !== null && Object.hasOwn(sentViews, text)

/** A key and what it does. What it does it does to the element that carries it as `data-key`. */
export type Key = { keys: string; does: string }

export const keyGroups: { name: string; keys: Key[] }[] = [
  {
    name: "Anywhere",
    keys: [
      { keys: "/", does: "Search" },
      { keys: "?", does: "This sheet" },
      { keys: "c", does: "Write to a customer" },
      { keys: "g m", does: "Go to mine" },
      { keys: "g u", does: "Go to unassigned" },
      { keys: "g e", does: "Go to everyone's" },
      { keys: "g w", does: "Go to waiting on them" },
      { keys: "g s", does: "Go to snoozed" },
      { keys: "g c", does: "Go to closed" },
      { keys: "g f", does: "Go to frowns" },
      { keys: "g l", does: "Go to load" },
      { keys: "g h", does: "Go to happiness" },
      { keys: "g p", does: "Go to customers" },
    ],
  },
  {
    name: "In a list",
    keys: [
      { keys: "j", does: "Next" },
      { keys: "k", does: "Previous" },
      { keys: "Enter", does: "Open" },
    ],
  },
  {
    name: "In a case",
    keys: [
      { keys: "j", does: "Next case" },
      { keys: "k", does: "Previous case" },
      { keys: "u", does: "Back to the list" },
      { keys: "r", does: "Reply" },
      { keys: "n", does: "Note" },
      { keys: "a", does: "Hand over" },
      { keys: "m", does: "Take it" },
      { keys: "e", does: "Close or reopen" },
      { keys: "h", does: "Snooze" },
      { keys: "z", does: "Undo sending" },
      { keys: "Ctrl Enter", does: "Send" },
      { keys: "Ctrl Shift Enter", does: "Send and close" },
    ],
  },
]

/** The keys that act on the element that carries them: all but those a list or a form takes itself. */
export const carried = [...new Set(keyGroups.flatMap(({ keys }) => keys.map((one) => one.keys)))].filter(
  (keys) => keys !== "Enter" && !keys.startsWith("Ctrl"),
)

/** Puts a key on an element. Sequences are not what aria-keyshortcuts can say. */
export const onKey = (keys: string) => ({
  "data-key": keys,
  ...(keys.includes(" ") ? {} : { "aria-keyshortcuts": keys === "?" ? "Shift+?" : keys }),
})

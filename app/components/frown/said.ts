const words: Partial<Record<string, string>> = {
  "not-possible-now": "That is not possible any more. This is how it stands now.",
  "contact-first": "Write to the customer or call them first. Then it can be closed.",
  "cause-missing": "Pick a cause, then close it.",
  "unknown-cause": "That cause is not in the book any more. Pick another.",
  "line-missing": "Say in one line what we did, then close it.",
  "reason-missing": "Nobody has written to this customer. Pick a reason to dismiss it, or write first.",
  "logged-already": "You logged a call with the same words already, perhaps from another window. Nothing was added.",
  "words-missing": "Say in a few words what came of the call.",
}

/** What came of a press that could not be done, in words; null when the address names nothing of ours. */
export function sayPress(code: string | null, owner: string | null): string | null {
  if (code === "taken") return owner ? `${owner} has this one already.` : "Somebody was quicker, and has given it back."
  return (code && words[code]) || null
}

/** Whether a key belongs to what is being written, not to the page. */
export function isTyping(target: EventTarget | null) {
  return target instanceof HTMLElement && target.closest("input, textarea, select, [contenteditable], dialog") !== null
}

import { useEffect, useRef } from "react"

/**
 * HTML from outside, in a frame that may run nothing. It is of our origin so that the page can fit its
 * height and pass on our keys; without script it keeps a height of its own and scrolls.
 */
export function MailFrame({ id, title }: { id: number; title: string }) {
  const frame = useRef<HTMLIFrameElement>(null)
  useEffect(() => (frame.current ? fitHeight(frame.current) : undefined), [])
  return (
    <iframe
      ref={frame}
      className="mail-frame"
      src={`/messages/${id}/frame`}
      title={title}
      loading="lazy"
      sandbox="allow-same-origin allow-popups allow-popups-to-escape-sandbox"
      referrerPolicy="no-referrer"
    />
  )
}

function fitHeight(frame: HTMLIFrameElement) {
  const watch = new ResizeObserver(resize)
  function resize() {
    const root = frame.contentDocument?.documentElement
    if (root && frame.contentDocument?.URL !== "about:blank") frame.style.height = `${Math.ceil(root.offsetHeight)}px`
  }
  function begin() {
    const inside = frame.contentDocument
    if (!inside) return
    watch.disconnect()
    watch.observe(inside.documentElement)
    // A key pressed while the mail has the focus means the page all the same.
    inside.addEventListener("keydown", (event) => {
      const { key, ctrlKey, metaKey, altKey, shiftKey } = event
      frame.dispatchEvent(new KeyboardEvent("keydown", { key, ctrlKey, metaKey, altKey, shiftKey, bubbles: true }))
    })
    resize()
  }
  frame.addEventListener("load", begin)
  if (frame.contentDocument?.readyState === "complete") begin()
  return () => {
    watch.disconnect()
    frame.removeEventListener("load", begin)
  }
}

import { Form, type FormProps, useLocation } from "@remix-run/react"
import { forwardRef, useId, useState } from "react"
import { useRoot } from "./use-root.ts"

/** A form that writes. Sent twice, by a second press, a reload or from a page gone back to, it does its work once. */
export const PostForm = forwardRef<HTMLFormElement, Omit<FormProps, "method">>(({ children, ...rest }, ref) => (
  <Form method="post" {...rest} ref={ref}>
    {children}
    <input type="hidden" name="opId" value={useOpId()} />
  </Form>
))
PostForm.displayName = "PostForm"

/**
 * The page's id and the form's place in it. A page that stands is refreshed under a person's hand: its forms keep their
 * ids until a press has led somewhere, or the second half of a double press would pass for another.
 */
function useOpId() {
  const pageId = useRoot()?.pageId ?? ""
  const location = useLocation()
  const [held, setHeld] = useState({ pageId, location })
  if (held.location !== location) setHeld({ pageId, location })
  const form = useId()
  return held.pageId && held.pageId + form
}

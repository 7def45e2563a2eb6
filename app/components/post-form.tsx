import { Form, type FormProps, useLocation, useResolvedPath } from "@remix-run/react"
import { createContext, forwardRef, type RefObject, useContext, useId, useRef, useState } from "react"
import { inList, listIn } from "./list-address.ts"
import { useRoot } from "./use-root.ts"
import { KeptNotice } from "./words/kept-notice.tsx"
import { postFields } from "./words/post-words.ts"
import { useKeptWords } from "./words/use-kept-words.ts"

/** A form that writes. Sent twice, by a second press, a reload or from a page gone back to, it does its work once. */
export const PostForm = forwardRef<HTMLFormElement, Omit<FormProps, "method">>(({ children, ...rest }, ref) => (
  <Form method="post" {...rest} {...useListGoesAlong(rest.action)} ref={ref}>
    {children}
    <input type="hidden" name="opId" value={useOpId()} />
  </Form>
))
PostForm.displayName = "PostForm"

/** On the page of a case: the list it was opened from, with its place in it. */
export const ListContext = createContext<string | null>(null)

/** Whatever is done to a case leads back into the list it was opened from, with or without script. */
function useListGoesAlong(action: string | undefined) {
  const { pathname, search } = useLocation()
  const here = useContext(ListContext) ?? (pathname.startsWith("/cases") ? listIn(search) : "")
  const isOfCase = action !== undefined && (!action.startsWith("/") || action.startsWith("/cases/"))
  return isOfCase && here !== "" ? { action: inList(action, here) } : {}
}

/** The same for what a person writes in: their words are kept until the desk has taken them. */
export function WritingForm({ children, stays = false, ...rest }: Omit<FormProps, "method"> & { stays?: boolean }) {
  const form = useRef<HTMLFormElement>(null)
  const { pathname } = useLocation()
  const to = useResolvedPath(rest.action ?? pathname).pathname
  return (
    <PostForm key={to} {...rest} ref={form}>
      <Keeper form={form} stays={stays} to={rest.id ? `${to}#${rest.id}` : to} />
      {children}
    </PostForm>
  )
}

function Keeper({ form, to, stays }: { form: RefObject<HTMLFormElement>; to: string; stays: boolean }) {
  const desk = useRoot()?.typed.find((one) => one?.form === to) ?? null
  const copy = { fields: desk?.fields ?? null, savedAt: desk?.savedAt ?? null }
  const kept = useKeptWords(form, { ...copy, to, post: postFields, isDraft: false, stays })
  return <KeptNotice form={form} from={kept.backFrom} />
}

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

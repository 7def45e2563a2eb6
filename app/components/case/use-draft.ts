import { useLocation } from "@remix-run/react"
import { type RefObject, useEffect } from "react"
import { postDraft } from "../words/post-words.ts"
import { useKeptWords } from "../words/use-kept-words.ts"
import type { CasePage } from "./facts.ts"

/** The reply as a draft of its case: kept in the browser and on the desk, where colleagues see that somebody writes. */
export function useDraft(form: RefObject<HTMLFormElement>, { kase, drafts }: Pick<CasePage, "kase" | "drafts">) {
  const post = postDraft.bind(null, `/cases/${kase.number}/draft`)
  const savedAt = drafts.mine?.savedAt ?? null
  const kept = useKeptWords(form, { to: `/cases/${kase.number}/replies`, post, fields: null, savedAt, isDraft: true })
  useRestoredDraft(form, drafts.mine?.body ?? "")
  return kept
}

/** An undone reply comes back as a draft, to a page that may never have been left. */
function useRestoredDraft(form: RefObject<HTMLFormElement>, body: string) {
  const { key } = useLocation()
  // biome-ignore lint/correctness/useExhaustiveDependencies: only where somebody has gone somewhere, not at each save
  useEffect(() => {
    const text = form.current?.querySelector("textarea")
    if (text && text.value === "" && body !== "") text.value = body
  }, [key])
}

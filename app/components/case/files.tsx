import { useEffect, useState } from "react"
import { areTooLarge, filesTooLarge } from "#app/models/mail/reply-file.ts"
import { onPressEnd } from "../connection/press-end.ts"
import { retried } from "../connection/retry-fetch.ts"
import { saySize } from "./attachments.tsx"

export type Waiting = { id: number; filename: string; size: number }
type Props = {
  waiting: Waiting[]
  /** Where a file is kept with the draft as soon as it is chosen. */
  to: string
  /** Where the words are sent that they go out with. */
  sentTo: string
}

/**
 * What goes out with the words. Where script runs, a file is kept with the draft as it is chosen, and the field begins
 * empty again, or it would go out twice; without it, files are sent with the form.
 */
export function Files({ waiting, to, sentTo }: Props) {
  const { files, state, choose } = useDraftFiles({ waiting, to, sentTo })
  return (
    <>
      {files.length > 0 ? <WithDraft files={files} /> : null}
      <label className="composer__files small">
        <span className="quiet">Attach files, 25 MB in all</span>{" "}
        <input
          type="file"
          name="file"
          multiple
          key={files.map(({ id }) => id).join()}
          onChange={(event) => choose(event.currentTarget)}
        />
      </label>
      {state ? (
        <p className={state.isWrong ? "notice notice--warn" : "small quiet"} role="status">
          {state.words}
        </p>
      ) : null}
    </>
  )
}

type Said = { words: string; isWrong: boolean } | null

function useDraftFiles({ waiting, to, sentTo }: Props) {
  const [added, setAdded] = useState<Waiting[]>([])
  const [state, setState] = useState<Said>(null)
  useEffect(
    () =>
      onPressEnd(({ path, isTaken }) => {
        if (path === sentTo && isTaken) setAdded([])
      }),
    [sentTo],
  )
  const known = new Set(waiting.map(({ id }) => id))
  const files = [...waiting, ...added.filter(({ id }) => !known.has(id))]
  const choose = async (field: HTMLInputElement) => {
    const chosen = [...(field.files ?? [])]
    if (chosen.length === 0) return setState(null)
    if (areTooLarge([...files, ...chosen])) {
      field.value = ""
      return setState({ words: tooLarge(files, chosen), isWrong: true })
    }
    // Sent now, they would go without what is still on its way.
    field.setCustomValidity("Wait until the files are attached.")
    setState({ words: `Attaching ${chosen.map(({ name }) => name).join(", ")}`, isWrong: false })
    const opId = field.form?.querySelector<HTMLInputElement>("input[name=opId]")?.value ?? ""
    const kept = await upload(to, chosen, opId)
    field.setCustomValidity("")
    if (!kept) return setState({ words: "Not kept with the draft yet. They are sent with the reply.", isWrong: true })
    setAdded(kept)
    field.value = ""
    setState(null)
  }
  return { files, state, choose }
}

async function upload(to: string, chosen: File[], opId: string): Promise<Waiting[] | null> {
  const body = new FormData()
  body.append("opId", opId)
  for (const file of chosen) body.append("file", file)
  const init: RequestInit = { method: "POST", body, redirect: "manual" }
  const url = new URL(to, location.href)
  const answer = await retried(window.fetch.bind(window), { url, init, asking: "page" })
  if (!answer.ok) return null
  const { files } = (await answer.json()) as { files: Waiting[] }
  return files
}

function tooLarge(files: Waiting[], chosen: File[]) {
  const size = (some: { size: number }[]) => some.reduce((sum, one) => sum + one.size, 0)
  const names = chosen.map(({ name, size: bytes }) => `${name} (${saySize(bytes)})`).join(", ")
  const before = files.length > 0 ? `, ${saySize(size(files))} are attached already` : ""
  return `Not attached: ${names}. ${filesTooLarge}${before}.`
}

function WithDraft({ files }: { files: Waiting[] }) {
  return (
    <ul className="chips" aria-label="Files of this draft">
      {files.map(({ id, filename, size }) => (
        <li key={id}>
          <label className="chip">
            <input type="checkbox" name="draftFile" value={id} defaultChecked />
            <span className="chip__name">{filename}</span>
            <span className="quiet small">{saySize(size)}</span>
          </label>
        </li>
      ))}
    </ul>
  )
}

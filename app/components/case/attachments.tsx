import Paperclip from "lucide-react/icons/paperclip"
import { chipsOf } from "#app/models/cases/chips.ts"
import { Icon } from "../icon.tsx"
import type { CaseMessage } from "./facts.ts"

/** Files that came with a message, those a person wants to open. Pictures inside the text are shown there, not here. */
export function Attachments({ attachments }: Pick<CaseMessage, "attachments">) {
  const files = chipsOf(attachments)
  if (files.length === 0) return null
  return (
    <ul className="chips" aria-label="Attachments">
      {files.map(({ id, filename, contentType, size }) => (
        <li key={id}>
          <a className="chip" href={`/attachments/${id}`} download={filename}>
            {isPicture(contentType) ? (
              <img src={`/attachments/${id}?inline`} alt="" loading="lazy" width="32" height="32" />
            ) : (
              <Icon of={Paperclip} />
            )}
            <span className="chip__name" dir="auto">
              {filename}
            </span>
            <span className="quiet small">{saySize(size)}</span>
          </a>
        </li>
      ))}
    </ul>
  )
}

const isPicture = (contentType: string) => /^image\/(png|jpeg|gif|webp)$/.test(contentType)

/** "412 kB", "3.1 MB" */
export function saySize(bytes: number) {
  if (bytes < 1000) return `${bytes} B`
  return bytes < 1_000_000 ? `${Math.round(bytes / 1000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`
}

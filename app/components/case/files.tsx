import { saySize } from "./attachments.tsx"
import type { CasePage } from "./facts.ts"

type Waiting = NonNullable<CasePage["drafts"]["mine"]>["files"]

/**
 * What goes out with the words: files chosen now, and those of a reply that was taken back or could not be sent. Once
 * they wait with the draft, the field begins empty, or they would go out twice.
 */
export function Files({ waiting }: { waiting: Waiting }) {
  return (
    <>
      {waiting.length > 0 ? <WithDraft files={waiting} /> : null}
      <label className="composer__files small">
        <span className="quiet">Attach files, 25 MB in all</span>{" "}
        <input type="file" name="file" multiple key={waiting.map(({ id }) => id).join()} />
      </label>
    </>
  )
}

function WithDraft({ files }: { files: Waiting }) {
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

import { type Face, faces, faceWords } from "#app/models/ratings/face.ts"
import type { Language } from "../language.ts"

export type FaceLinks = Record<Face, string>

/** Why we ask, in one line above the links. */
export const faceQuestion = "How was this answer? One click tells us, and a person reads it."

const plainFaces: Record<Face, string> = { happy: "🙂", ok: "😐", frown: "🙁" }

/**
 * The three links. No images: mail programs block them. The word carries the meaning, the emoji may be missing; borders
 * instead of fills, and colours that stay readable when a dark mode turns them round.
 */
export function Faces({ links, dir }: { links: FaceLinks; dir: Language["dir"] }) {
  return (
    <div lang="en" dir={dir} style={{ margin: "24px 0 16px" }}>
      <p style={{ margin: "0 0 8px" }}>
        <span dir="ltr">{faceQuestion}</span>
      </p>
      <table
        role="presentation"
        cellPadding={0}
        cellSpacing={8}
        border={0}
        align={dir === "rtl" ? "right" : "left"}
        dir={dir}
      >
        <tbody>
          <tr>
            {faces.map((face) => (
              <td key={face} align="center" style={cell}>
                <a href={links[face]} aria-label={`${faceWords[face]}: rate this reply`} style={link}>
                  {plainFaces[face]}&nbsp;{faceWords[face]}
                </a>
              </td>
            ))}
          </tr>
        </tbody>
      </table>
      <div style={{ clear: "both", fontSize: 0, lineHeight: 0 }}>&nbsp;</div>
    </div>
  )
}

// Padding on the cell and on the link: Outlook on Windows takes only the first, a thumb needs 44 pixels everywhere.
const cell = { border: "1px solid #7a8699", borderRadius: 8, padding: "2px 4px" }
const link = {
  color: "#4178b8",
  display: "inline-block",
  fontSize: 17,
  fontWeight: 600,
  lineHeight: "24px",
  minWidth: 72,
  padding: "10px 12px",
  textDecoration: "none",
}

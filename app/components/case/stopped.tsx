import type { CasePage } from "./facts.ts"

/** The case cannot be answered any more, and somebody was writing: where their words can go from here. */
export function Stopped({ kase }: Pick<CasePage, "kase">) {
  const { state, mergedInto } = kase
  if (state === "spam")
    return (
      <p className="notice notice--warn" role="status">
        This case is spam by now. Your words are kept: press “Not spam” above to go on with them.
      </p>
    )
  return (
    <div className="notice notice--warn" role="status">
      <p>
        {mergedInto
          ? `This case was merged into #${mergedInto} meanwhile. Your words are kept.`
          : "This case was merged into one of a mailbox you do not answer. Your words are kept here, to copy."}
      </p>
      {mergedInto ? (
        <button className="button" type="submit">
          Go on in #{mergedInto}
        </button>
      ) : null}
    </div>
  )
}

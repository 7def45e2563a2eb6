import type { Talk } from "./compose.ts"
import { later } from "./days.ts"
import type { FrownScene } from "./frown-scenes.ts"
import type { Present } from "./present.ts"
import { accepted, sentAfter, settled } from "./press.ts"
import type { DemoCase, DemoFrown } from "./story.ts"
import { deeds, general, recoveries } from "./words/recovery.ts"

/** Puts a frown of these days into its case: the press, the words, what was done since. */
export function frownOf(story: DemoCase, scene: FrownScene, author: string, words: Talk, { dice, nameOf }: Present) {
  const [, rated, spoken, recovery] = story.messages
  if (!rated?.ask || !spoken) return
  const owner = scene.claimedAt && (scene.owner ?? author)
  rated.ask.votes = [accepted(scene.pressedAt, "frown"), ...(scene.turnedAt ? [accepted(scene.turnedAt, "happy")] : [])]
  rated.ask.comment = { at: spoken.at, body: scene.words }
  Object.assign(spoken, { text: scene.words, joinedBecause: "Left with a rating: frown", asMail: false })
  if (recovery?.ask && owner) {
    Object.assign(recovery, {
      by: owner,
      text: words.reply(nameOf(owner), dice.pick(recoveries[scene.cause] ?? [general])),
    })
    recovery.ask.recovery = true
  }
  story.frown = factsOf(scene, author, owner, dice.pick(deeds.flipped ?? [""]))
}

function factsOf(scene: FrownScene, author: string, owner: string | null, deed: string): DemoFrown {
  const { claimedAt, contactedAt, turnedAt, closedAt, cause } = scene
  const openedAt = settled(scene.pressedAt)
  const contact = contactedAt && sentAfter(contactedAt)
  const events: DemoFrown["events"] = [
    { at: openedAt, by: null, kind: "opened", detail: "" },
    ...(claimedAt ? [{ at: claimedAt, by: owner, kind: "claimed" as const, detail: "" }] : []),
    ...(contact ? [{ at: contact, by: owner, kind: "contacted" as const, detail: "reply" }] : []),
    ...(turnedAt ? [{ at: turnedAt, by: null, kind: "outcome" as const, detail: "flipped" }] : []),
    ...(closedAt ? [{ at: closedAt, by: owner, kind: "cause" as const, detail: cause }] : []),
    ...(closedAt ? [{ at: later(closedAt, 0.1), by: owner, kind: "closed" as const, detail: "" }] : []),
  ]
  return {
    ...{ author, owner, openedAt, dueAt: scene.dueAt, claimedAt, cause, closedAt, events },
    ...{ firstContactAt: contact, lastContactAt: contact, contactedBy: contact ? "reply" : null },
    ...{ outcome: turnedAt ? "flipped" : null, outcomeAt: turnedAt },
    closedBy: closedAt ? owner : null,
    whatWeDid: closedAt ? deed : "",
  }
}

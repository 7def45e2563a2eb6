const takenOver =
  "I've looked at what went wrong between us. You had to tell it more than once, and that isn't how it should be. From here on you have me, and only me, till it's right."
const late =
  "I'm {agent}, and I look after the answers we didn't get right. Yours took far too long, and I'm sorry. I've sorted it and put a month on the house, which isn't a bribe, only fair."
export const general =
  "I saw that our answer didn't help you, and you were right to say so. I read everything again from the start, and this time I did it myself instead of explaining it: it's done, and I checked it from your side."
const mended =
  "Thank you for being frank. I took it to the people who build this, and they mended it this morning. Would you try once more and tell me if it holds?"
const canned =
  "You were sent a paragraph that could have gone to anybody, and I'd be cross too. Here is what it should have said: the trouble was on our side, I've put it right for {company}, and nobody else will run into it."
const plainNo =
  "We can't do what you asked for, and we should have said so plainly at once. What I can do is look after a way round it for you, so that it costs you no time. Shall I?"
const money =
  "You were charged for something you'd told us about. The {amount} went back to your card today, and I've made sure it can't be charged again."

/** What we write when we go back to somebody who frowned, by what it was about. */
export const recoveries: Record<string, readonly string[]> = {
  tone: [
    "I read our answer with your eyes, and you're right, that is no way to speak to anybody. I'm sorry. The matter itself is settled, I've seen to that.",
  ],
  misunderstood: [general],
  "wrong-answer": [
    general,
    "What we told you was wrong, and I've undone what came of it. I've also changed the help page that said so. Does everything look as it should to you now?",
  ],
  incomplete: [general],
  careless: [
    "That was careless of us, and you noticed, of course. I went through it line by line today, put it right, and had a colleague look over it as well.",
  ],
  "slow-first-reply": [late],
  "slow-to-solve": [late, mended],
  "too-many-hands": [takenOver],
  "had-to-repeat": [takenOver],
  "felt-canned": [canned],
  bug: [mended],
  "missing-feature": [plainNo],
  "hard-to-use": [
    "Your words went up on our wall, honestly. I've done it for you this once, and the page you got lost on is being changed. Does it read right to you now?",
  ],
  outage: [
    "I rang our storage people about what you lost. They found nearly all of it, and it's back in place as of {time}. I'm sorry for the half day it cost you.",
  ],
  price: [money],
  refund: [money],
  limit: [plainNo],
  no: [plainNo],
}

/** What the customer answers, when they do. */
export const softened = [
  "Now that is what I call an answer. Thank you.",
  "Thank you for coming back to me, I didn't expect that.",
  "It works. I take it back, and I've changed my rating.",
  "OK, fair enough. Thanks for going the extra mile.",
  "I appreciate that somebody read it properly.",
]
export const unmoved = [
  "Thanks, but we've already gone with something else.",
  "It's still not what I need, but thank you for trying.",
  "I'm afraid that doesn't give me my morning back.",
]

/** The one line beside a closed frown. */
export const deeds: Record<string, readonly string[]> = {
  flipped: [
    "Did it for them and checked it from their side.",
    "Called them, found the setting, walked through it together.",
    "Developers mended it the same day; told them first.",
    "Refunded and wrote a plain apology.",
    "Restored the files and stayed on it till they confirmed.",
    "Rewrote the help page they were sent to.",
    "One person took it over from three, answered within the hour.",
  ],
  improved: [
    "Explained why it can't be done and offered the way round.",
    "Half of it is mended, the rest comes with the next version.",
    "Gave a month free; the limit itself stays.",
  ],
  unmoved: [
    "They've moved to another tool. Sent the export along.",
    "We won't build it and said so.",
    "Apologised. They were right.",
  ],
  "no answer": [
    "Wrote twice, no word back.",
    "Put right and told them; they never replied.",
    "Left a message, closed after two weeks.",
  ],
  unreachable: ["Address bounces since they left the firm.", "Asked not to be written to."],
  withdrawn: ["They pressed the wrong face and corrected it."],
  none: [
    "Left too long. Nobody had time, which is the point of all this.",
    "Found when we went through the old ones in winter.",
    "Closed with the year's clean-up, never contacted.",
  ],
}

/** What we write when we go back to somebody who frowned. */
export const recoveries = [
  "I saw that my answer didn't help you, and you were right to say so. I read everything again from the start, and this time I did it myself instead of explaining it: it's done, and I checked it from your side.",
  "You told us we missed the mark, so I'd like to put it right. What you asked for on {weekday} is in place now. I'm sorry it took a frown to get there.",
  "Thank you for being frank. I took it to the people who build this, and they mended it this morning. Would you try once more and tell me if it holds?",
  "I'm {agent}, and I look after the answers we didn't get right. Yours took far too long, and I'm sorry. I've sorted it and put a month on the house, which isn't a bribe, only fair.",
  "You were sent the same paragraph twice, and I'd be cross too. Here is the real answer: the limit was ours, I've raised it for {company}, and nobody else will run into it.",
  "I've looked at what went wrong between us. Three people wrote to you and you had to tell it three times. From here on you have me, and only me, till it's right.",
  "We can't do what you asked for, and I should have said so plainly at once. What I can do is bring your data across for you, so that it costs you no time. Shall I?",
  "I rang our storage people about the files of {project}. They found all of them, and they're back in place as of {time}.",
  "You were charged for something you'd told us to stop. The {amount} went back to your card today, and I've made sure it can't be charged again.",
  "Your words went up on our wall, honestly. I've changed the help page you were sent to, because it was wrong. Does it read right to you now?",
]

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

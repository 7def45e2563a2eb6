/** Around an answer: how our people greet, start and end. */
export const hellos = ["Hi {name},", "Hello {name},", "Hi {name},", "Hey {name},", "Good morning {name},"]

export const starts = [
  "Thanks for writing.",
  "Thanks for telling us, and sorry for the trouble.",
  "Good question.",
  "Sorry about that.",
  "I've just had a look.",
  "Thanks for the details, they helped.",
  "I can see what happened.",
  "",
  "",
]

export const ends = [
  "If anything else comes up, just answer this email.",
  "Does that do it for you?",
  "Let me know how it goes.",
  "I'm here till five if it isn't right yet.",
  "Have a good rest of the day.",
  "Write back any time, it comes to me.",
  "",
]

export const goodbyes = ["{agent}", "Best,\n{agent}", "All the best\n{agent}", "{agent}\nHarbor"]

/** The customer writes a second time, and we answer that. */
export const comebacks = [
  {
    ask: "That did it, thank you! One more thing while I have you: does the same go for {colleague}'s account?",
    answer: "It does. I've checked {colleague}'s account too and all is well there.",
  },
  {
    ask: "Hm, I did as you said and it's the same as before. I closed {browser} and opened it again.",
    answer:
      "Then it's ours to mend. I've changed it by hand in your account just now; please reload once and it will be there.",
  },
  {
    ask: "Works now. Will it happen again next month?",
    answer: "It shouldn't. I've left a note on your account so that we'd see it before you do.",
  },
  {
    ask: "Thanks {agent}. I can't find the page you mean, though. Is it only for owners?",
    answer: "My mistake: only owners see it. I've done it for you, so there's nothing left to do on your side.",
  },
  {
    ask: "Great. {colleague} asks whether the clients notice anything of this?",
    answer: "They don't. It looks to them exactly as it did yesterday.",
  },
  {
    ask: "It works on my computer now but not on the {phone}.",
    answer: "The {phone} still had the old page. Pull the list down once and let go, that fetches it anew.",
  },
  {
    ask: "OK, and how long will that take?",
    answer: "It's done already: it took about four minutes, and I've looked through it to be sure.",
  },
  {
    ask: "Sorry, me again. I forgot to say that it's the account of {company}, not my private one.",
    answer: "Thanks, that explains why I saw nothing. I've put it right in the account of {company}.",
  },
  {
    ask: "You're quick! It asks me for a code now. Where do I get that?",
    answer: "It comes by text to the number that ends as yours does. I've sent a new one, it's good for ten minutes.",
  },
  {
    ask: "That is not what I asked. I know how to do it, I want to know why it doesn't work.",
    answer:
      "You're right, I read it too fast. The reason is a limit of 200 people to a list, and yours has more. I've raised it for you.",
  },
]

/** Mail that wants no answer and gets none. */
export const thanks = [
  "Perfect, thank you!",
  "That worked. Thanks a lot, {agent}.",
  "Wonderful, all good now. Have a nice weekend.",
  "Got it, thanks for the quick help!",
  "You're the best. Case closed from my side.",
  "Great, that was it.",
]

export const notes = [
  "Same cause as with three others this week. I've told the developers.",
  "Called the bank's line for them, card is fine, it was the second confirmation.",
  "They're on the old plan, please don't move them without asking.",
  "Owner is on leave till the end of {month}, {colleague} may decide.",
  "Careful with this one, they had two bad weeks with us in spring.",
  "I can reproduce it with {browser}, not with anything else.",
  "Refund agreed with Merissa, no need to ask again.",
  "They write from two addresses. Both belong to the same person.",
]

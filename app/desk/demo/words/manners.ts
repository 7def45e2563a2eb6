/** How people write: the tone decides greeting, opening, last line and name. Empty means they leave it out. */
export type Tone = {
  weight: number
  hello: readonly string[]
  openings: readonly string[]
  details: readonly string[]
  partings: readonly string[]
  goodbye: readonly string[]
}

const friendly: Tone = {
  weight: 38,
  hello: ["Hi there,", "Hello,", "Hi,", "Hello Harbor people,", "Good morning,", "Hi team,"],
  openings: [
    "First of all: we love Harbor here at {company}.",
    "I hope you're all well.",
    "A quick question from {company}.",
    "",
    "",
    "You helped me so nicely last time, so here I am again.",
  ],
  details: [
    "We're {n} people and use it every day.",
    "I'm on {browser}, if that matters.",
    "It's not urgent, but it would be good to know.",
    "",
    "",
  ],
  partings: ["Thank you so much!", "Thanks for your help.", "Thanks in advance, and have a good day.", "Many thanks,"],
  goodbye: ["{name}", "{name}\n{company}", "Best,\n{name}", "Warm wishes\n{name}", "Cheers,\n{name}"],
}

const brisk: Tone = {
  weight: 30,
  hello: ["", "", "Hi,", "Hello."],
  openings: [""],
  details: ["", "", "{browser}, account {company}.", "Happens every time."],
  partings: ["", "Thanks.", "Please advise.", "thx"],
  goodbye: ["{name}", "{name}", "{initials}", "{name}, {company}"],
}

const worried: Tone = {
  weight: 17,
  hello: ["Hello,", "Dear Harbor team,", "Hi, I hope somebody is there,"],
  openings: [
    "I'm not very good with computers, so please bear with me.",
    "I'm a bit worried and hope you can help.",
    "I've tried everything I can think of.",
    "I didn't want to bother you, but I'm stuck.",
  ],
  details: [
    "We have a client meeting tomorrow and need this by then.",
    "I don't want to press anything else before I hear from you.",
    "I'm afraid I may have broken something.",
    "{colleague} says it's my fault, and I hope it isn't.",
  ],
  partings: ["Please let me know what to do.", "I'd be so grateful.", "Thank you for your patience with me."],
  goodbye: ["Kind regards\n{name} {surname}", "Yours\n{name}", "{name} {surname}\n{company}"],
}

const annoyed: Tone = {
  weight: 10,
  hello: ["", "Hello,", "To whom it may concern,"],
  openings: [
    "This is the second time this month.",
    "I pay for this and expect it to work.",
    "I've lost half a day over this.",
    "Honestly, this is getting old.",
  ],
  details: [
    "Please don't send me a link to the manual, I've read it.",
    "We have {n} people sitting here waiting.",
    "My colleagues ask why we don't use something else.",
    "",
  ],
  partings: ["I expect an answer today.", "Please fix it.", "Waiting for your reply.", ""],
  goodbye: ["{name} {surname}", "{name} {surname}\n{company}", "{surname}"],
}

const winding: Tone = {
  weight: 5,
  hello: ["Dear all,", "Good day to you,", "Hello from {company},"],
  openings: [
    "I should begin by saying that I have used tools like this since before most of your team could read, so I know my way around.",
    "We moved to Harbor when {colleague} joined us, which must have been in {month}, and on the whole it has been a happy time.",
    "My wife says I should simply write to you, so here goes, and please excuse the length.",
  ],
  details: [
    "In case it helps: it began after lunch, I was in {project}, the sun was shining on the screen, and {colleague} had just left.",
    "I have compared it with what your help page says, and the picture there looks different from what I see here.",
    "I did switch it off and on again, both the computer and the little box in the hallway.",
  ],
  partings: ["I look forward to hearing from you whenever it suits.", "With thanks for reading this far."],
  goodbye: ["Yours sincerely\n{name} {surname}", "With best regards from all of us\n{name} {surname}\n{company}"],
}

export const tones: Tone[] = [friendly, brisk, worried, annoyed, winding]

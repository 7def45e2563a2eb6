import type { Topic } from "./topic.ts"

const mobile: Topic = {
  mailbox: "help",
  weight: 8,
  causes: ["bug", "missing-feature", "slow-to-solve"],
  subjects: [
    "App crashes on {phone}",
    "Mobile app shows old to-dos",
    "Can't attach photos from my phone",
    "App asks me to sign in every day",
    "No notifications on {phone}",
  ],
  asks: [
    "The app on my {phone} closes by itself whenever I open {project}. I've installed it again twice.",
    "To-dos that I tick off on the {phone} are open again the next day. It's maddening.",
    "I can't attach photos from the building site. The wheel turns and turns. With Wi-Fi it works.",
    "The app wants my password every single morning. I'm up a ladder at that hour!",
    "Since the last update my {phone} shows no notifications, although they're switched on.",
  ],
  answers: [
    "It was one very long message in {project} that the app could not draw. The new version does, and it's in the store now.",
    "Your {phone} was saving to a copy that no longer synced. Sign out and in once and it starts afresh; I've ticked off the to-dos here.",
    "Photos over a weak line are sent in pieces from version 3.2 on, so they survive a bad moment. Please update and try once more.",
    "Your company ends sessions every 24 hours. Your admin can allow trusted phones under Security, and I've told them how.",
    "The update took away the permission. Under Settings, Notifications, Harbor, please switch it on once more.",
  ],
}

const notices: Topic = {
  mailbox: "help",
  weight: 6,
  causes: ["hard-to-use", "misunderstood", "bug"],
  subjects: [
    "Too many emails",
    "No emails from Harbor",
    "Daily summary at the wrong time",
    "How do I mute a project?",
    "Email replies don't appear",
  ],
  asks: [
    "I get an email for every comment in every project. How do I turn it down without missing what is for me?",
    "Our whole team has had no emails from you since Tuesday. Has something changed?",
    "The daily summary comes at three in the morning. I'd like it at eight, when I start.",
    "I answer messages by email and my answers don't show up in {project}. {colleague} has the same.",
    "Can a client get a mail only when something is finished?",
  ],
  answers: [
    "Under Me, Notifications, choose Only what mentions me. You'll still see all the rest on the site, it just won't come by mail.",
    "Your mail server had put us on its block list on Tuesday. I've written to your administrator with the two lines they need.",
    "Your time zone was set to London. I've set it to yours, so the summary comes at eight tomorrow.",
    "Your answers came from another address than the one we know. I've added it, and the {n} that waited are in {project} now.",
    "Yes: in the project, under the client's name, pick When something is finished. It's off by default.",
  ],
}

const calendar: Topic = {
  mailbox: "help",
  weight: 4,
  causes: ["bug", "hard-to-use", "wrong-answer"],
  subjects: [
    "Calendar doesn't sync",
    "Events are one hour off",
    "Subscribe to the calendar",
    "Recurring events",
    "Holiday shows as a Sunday",
  ],
  asks: [
    "All events from {project} are an hour late in my own calendar since the clocks changed.",
    "I subscribed to the calendar and new events take a day to appear. Can that be faster?",
    "How do I make something that repeats every second Thursday?",
    "Events that I delete in Harbor stay in my calendar for ever.",
  ],
  answers: [
    "Your calendar had kept the old time zone. Remove the subscription and add it again with the link below; the hour is right then.",
    "Your calendar program decides how often it looks, and some look once a day. In its settings you can choose every hour.",
    "Choose Repeat, Every week, and set the number to 2. It will ask for the first day.",
    "They vanish at the next fetch now: we had not been saying that they were deleted. Sorry about the clutter.",
  ],
}

const slow: Topic = {
  mailbox: "help",
  weight: 4,
  causes: ["outage", "slow-first-reply", "bug"],
  subjects: [
    "Harbor is slow",
    "Is the site down?",
    "Error 500 when saving",
    "Pages take ages",
    "Lost my text when saving",
  ],
  asks: [
    "Every page takes ten seconds since this morning. Is it just us?",
    "I wrote for an hour, pressed Save and got an error page. Is my text gone for good?",
    "Are you down? {colleague} can't get in either and we have a client on the phone.",
    "Saving in {project} fails one time in three. It's hard to work like that.",
  ],
  answers: [
    "It was us, from {time} for about forty minutes. A database needed room; it has it now, and we'll write up what happened.",
    "Your text is safe: we keep a draft every few seconds. Open the message again and it offers to put it back.",
    "We were down for eleven minutes, which is eleven too many. All is well again, and nothing was lost.",
    "I can see the failed saves and why: {project} has one list with {n} items. We've made that lighter, please tell me if it helps.",
  ],
}

const wishes: Topic = {
  mailbox: "help",
  weight: 6,
  causes: ["missing-feature", "no", "felt-canned"],
  subjects: [
    "Feature request",
    "Could you add time tracking?",
    "Gantt chart?",
    "Suggestion for to-dos",
    "An idea",
    "Sub-tasks please",
  ],
  asks: [
    "Will there ever be sub-tasks? We'd use them every day.",
    "I'd love to see all my to-dos over all projects in one list, by date. Is it planned?",
    "Our clients ask for a Gantt chart. Is there one that I've missed?",
    "A small idea: let me colour the projects. With {n} of them I keep opening the wrong one.",
    "Could to-dos be given to two people? We always work in pairs.",
  ],
  answers: [
    "Not soon, to be honest with you. I've put your words on the card, because how you'd use it helps more than a vote.",
    "It's there, a little hidden: press your own face at the top, then Everything due. By date, over all projects.",
    "There isn't, and I don't think there'll be one. Some of our customers draw theirs with the calendar feed; I can show you how.",
    "I like it. I've passed it on with your name, so that whoever builds it can ask you.",
  ],
}

const developers: Topic = {
  mailbox: "help",
  weight: 2,
  causes: ["wrong-answer", "incomplete", "bug"],
  subjects: ["API returns 403", "Webhook stopped", "API limit", "Question about the API"],
  asks: [
    "Our script gets a 403 since last night, with a token that worked for months.",
    "The webhook for {project} has been silent since {month}. Nothing changed on our side.",
    "How many calls an hour does the API allow? We read about {n} projects every night.",
  ],
  answers: [
    "The person who made that token has left your account, so it ended with them. Make one under an account that stays.",
    "Your address answered with an error for a week, so we stopped calling it. I've switched it on again and will watch it today.",
    "500 every ten minutes. Read with If-Modified-Since and most of yours won't count at all.",
  ],
}

export const around: Topic[] = [mobile, notices, calendar, slow, wishes, developers]

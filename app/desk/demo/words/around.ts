import { matter, type Topic } from "./topic.ts"

const mobile: Topic = {
  mailbox: "help",
  weight: 8,
  causes: ["bug", "missing-feature", "slow-to-solve"],
  matters: [
    matter(
      "App crashes on {phone} | App closes by itself",
      "The app on my {phone} closes by itself whenever I open {project}. I've installed it again twice.",
      "It was one very long message in there that the app could not draw. The new version does, and it's in the store now.",
    ),
    matter(
      "Mobile app shows old to-dos | Ticked to-dos come back",
      "To-dos that I tick off on the {phone} are open again the next day. It's maddening.",
      "Your {phone} was saving to a copy that no longer synced. Sign out and in once and it starts afresh; I've ticked off the to-dos here.",
    ),
    matter(
      "Can't attach photos from my phone | Photos from the site",
      "I can't attach photos from the building site. The wheel turns and turns. With Wi-Fi it works.",
      "Photos over a weak line are sent in pieces from version 3.2 on, so they survive a bad moment. Please update and try once more.",
    ),
    matter(
      "App asks me to sign in every day | Signed out every morning",
      "The app wants my password every single morning. I'm up a ladder at that hour!",
      "Your company ends sessions every 24 hours. Your admin can allow trusted phones under Security, and I've told them how.",
    ),
    matter(
      "No notifications on {phone} | Notifications stopped",
      "Since the last update my {phone} shows no notifications, although they're switched on.",
      "The update took away the permission. Under Settings, Notifications, Harbor, please switch it on once more.",
    ),
  ],
}

const notices: Topic = {
  mailbox: "help",
  weight: 6,
  causes: ["hard-to-use", "misunderstood", "bug"],
  matters: [
    matter(
      "Too many emails | How do I mute a project?",
      "I get an email for every comment in every project. How do I turn it down without missing what is for me?",
      "Under Me, Notifications, choose Only what mentions me. You'll still see all the rest on the site, it just won't come by mail.",
    ),
    matter(
      "No emails from Harbor | No emails since Tuesday",
      "Our whole team has had no emails from you since Tuesday. Has something changed?",
      "Your mail server had put us on its block list on Tuesday. I've written to your administrator with the two lines they need.",
    ),
    matter(
      "Daily summary at the wrong time | Summary at three in the morning",
      "The daily summary comes at three in the morning. I'd like it at eight, when I start.",
      "Your time zone was set to London. I've set it to yours, so the summary comes at eight tomorrow.",
    ),
    matter(
      "Email replies don't appear | Answering by email",
      "I answer messages by email and my answers don't show up in {project}. {colleague} has the same.",
      "Your answers came from another address than the one we know. I've added it, and the {n} that waited are in there now.",
    ),
    matter(
      "Mails for clients | Only when finished?",
      "Can a client get a mail only when something is finished?",
      "Yes: in the project, under the client's name, pick When something is finished. It's off by default.",
    ),
  ],
}

const calendar: Topic = {
  mailbox: "help",
  weight: 4,
  causes: ["bug", "hard-to-use", "wrong-answer"],
  matters: [
    matter(
      "Events are one hour off | Calendar and the clocks",
      "All events from {project} are an hour late in my own calendar since the clocks changed.",
      "Your calendar had kept the old time zone. Remove the subscription and add it again; the hour is right then.",
    ),
    matter(
      "Calendar doesn't sync | Calendar is a day behind",
      "I subscribed to the calendar and new events take a day to appear. Can that be faster?",
      "Your calendar program decides how often it looks, and some look once a day. In its settings you can choose every hour.",
    ),
    matter(
      "Recurring events | Every second Thursday",
      "How do I make something that repeats every second Thursday?",
      "Choose Repeat, Every week, and set the number to 2. It will ask for the first day.",
    ),
    matter(
      "Deleted events stay | Events won't go away",
      "Events that I delete in Harbor stay in my calendar for ever.",
      "They vanish at the next fetch now: we had not been saying that they were deleted. Sorry about the clutter.",
    ),
  ],
}

const slow: Topic = {
  mailbox: "help",
  weight: 4,
  causes: ["outage", "slow-first-reply", "bug"],
  matters: [
    matter(
      "Harbor is slow | Pages take ages",
      "Every page takes ten seconds since this morning. Is it just us?",
      "It was us, from {time} for about forty minutes. A database needed room; it has it now, and we'll write up what happened.",
    ),
    matter(
      "Lost my text when saving | Error 500 when saving",
      "I wrote for an hour, pressed Save and got an error page. Is my text gone for good?",
      "Your text is safe: we keep a draft every few seconds. Open the message again and it offers to put it back.",
    ),
    matter(
      "Is the site down? | Are you down?",
      "Are you down? {colleague} can't get in either and we have a client on the phone.",
      "We were down for eleven minutes, which is eleven too many. All is well again, and nothing was lost.",
    ),
    matter(
      "Saving fails one time in three | Can't save",
      "Saving in {project} fails one time in three. It's hard to work like that.",
      "I can see the failed saves and why: there is one list with {n} hundred items in it. We've made that lighter, please tell me if it helps.",
    ),
  ],
}

const wishes: Topic = {
  mailbox: "help",
  weight: 6,
  causes: ["missing-feature", "no", "felt-canned"],
  matters: [
    matter(
      "Sub-tasks please | Feature request",
      "Will there ever be sub-tasks? We'd use them every day.",
      "Not soon, to be honest with you. I've put your words on the card, because how you'd use it helps more than a vote.",
    ),
    matter(
      "All my to-dos in one list | Suggestion for to-dos",
      "I'd love to see all my to-dos over all projects in one list, by date. Is it planned?",
      "It's there, a little hidden: press your own face at the top, then Everything due. By date, over all projects.",
    ),
    matter(
      "Gantt chart? | Charts",
      "Our clients ask for a Gantt chart. Is there one that I've missed?",
      "There isn't, and I don't think there'll be one. Some of our customers draw theirs with the calendar feed; I can show you how.",
    ),
    matter(
      "An idea | Colours for projects",
      "A small idea: let me colour the projects. With {n} of them I keep opening the wrong one.",
      "I like it. I've passed it on with your name, so that whoever builds it can ask you.",
    ),
  ],
}

const developers: Topic = {
  mailbox: "help",
  weight: 2,
  causes: ["wrong-answer", "incomplete", "bug"],
  matters: [
    matter(
      "API returns 403 | Token stopped working",
      "Our script gets a 403 since last night, with a token that worked for months.",
      "The person who made that token has left your account, so it ended with them. Make one under an account that stays.",
    ),
    matter(
      "Webhook stopped | Webhook is silent",
      "The webhook for {project} has been silent since {month}. Nothing changed on our side.",
      "Your address answered with an error for a week, so we stopped calling it. I've switched it on again and will watch it today.",
    ),
    matter(
      "API limit | Question about the API",
      "How many calls an hour does the API allow? We read about {n} projects every night.",
      "500 every ten minutes. Read with If-Modified-Since and most of yours won't count at all.",
    ),
  ],
}

export const around: Topic[] = [mobile, notices, calendar, slow, wishes, developers]

import type { Topic } from "./topic.ts"

const login: Topic = {
  mailbox: "help",
  weight: 13,
  causes: ["incomplete", "slow-first-reply", "bug"],
  subjects: [
    "Can't sign in",
    "Locked out of my account",
    "Sign-in page just reloads",
    "Login not working since this morning",
    "Password is right but Harbor says no",
    "Help, I can't get in",
  ],
  asks: [
    "I can't sign in any more. I type my password, press the button and the sign-in page comes back without a word.",
    "Since this morning Harbor tells me my password is wrong. It was fine last night and I haven't changed a thing.",
    "I'm locked out. It says too many attempts, but I only tried twice before I went and found my notebook.",
    "When I sign in with {browser} I land on the sign-in page again. On {phone} it works, so it isn't the password.",
    "{colleague} and I share an office and suddenly neither of us can sign in. Is it us or is it you?",
    "I signed up with {company} two years ago and have forgotten which address I used. Can you look?",
  ],
  answers: [
    "I found it: your account had two sign-ins with nearly the same address. I merged them, so your usual password works again. Nothing in your projects changed.",
    "Your account was locked after a few wrong tries. I've opened it again just now, so please give it another go.",
    "That loop happens when {browser} refuses our cookie. Clear the cookies for our site once, then sign in, and it will stay.",
    "You're registered with the address this email came from. I've sent a fresh link to it that signs you straight in.",
    "Your company switched on a second step for signing in last week. I've sent you a link to set it up, which takes a minute.",
  ],
}

const reset: Topic = {
  mailbox: "help",
  weight: 8,
  causes: ["careless", "bug", "slow-to-solve"],
  subjects: [
    "Password reset email never arrives",
    "No reset link",
    "Forgot my password",
    "The link to reset my password has expired",
    "Reset mail not coming through",
  ],
  asks: [
    "I asked for a new password three times and nothing has arrived. I looked in spam too.",
    "The reset link says it has expired, but I clicked it within a minute of getting it.",
    "I've forgotten my password and the address on my account belongs to a job I've left. How do I get in?",
    "Our mail filter may be eating your messages. Could you set a password for me and tell me by phone?",
    "Every reset email comes twice and the first link never works. Which one am I meant to use?",
  ],
  answers: [
    "Your mail server turned our message away as too fast. I've sent it again and I can see it was accepted at {time}, so it should be with you.",
    "Only the newest link works, and each new request ends the one before. I've sent one more just now: please use that and leave the rest.",
    "I've changed the address on your account to this one, once I'd checked with {colleague}, who owns it. The reset link is on its way.",
    "I can't set a password for you, for your own safety, but I've sent a link that signs you in once. You can choose a new one from there.",
  ],
}

const invite: Topic = {
  mailbox: "help",
  weight: 9,
  causes: ["hard-to-use", "misunderstood", "bug"],
  subjects: [
    "Invitation didn't arrive",
    "How do I invite my client?",
    "Invited people can't see the project",
    "Invite link says not valid",
    "Adding {n} people at once",
    "Client can't accept invitation",
  ],
  asks: [
    "I invited {colleague} to {project} yesterday and they still haven't had an email. Can you see what became of it?",
    "My client clicked the invitation and got a page that says it isn't valid. We kick off on Monday, so I'd love to sort this out.",
    "I'd like to add {n} people to {project} without typing each address. Is there a way to paste a list?",
    "We invited a client and now they can see the other projects as well. That must not happen. Please tell me how to stop it.",
    "{colleague} accepted the invitation but the project isn't in their list. Mine shows them as a member.",
  ],
  answers: [
    "The address had a small typing mistake, so the invitation went to somebody who isn't there. I've corrected it and sent it again.",
    "An invitation can be used once, and this one had been opened already by somebody in their office. I've made a new one for them.",
    "You can: on the People page, press Add people and paste the whole list, one address to a line. Everyone gets their own invitation.",
    "I've made them a client rather than a teammate. Clients see only the projects you add them to, and nothing marked for the team.",
    "They had accepted with a second address. I joined the two, and {project} is in their list now.",
  ],
}

const permissions: Topic = {
  mailbox: "help",
  weight: 5,
  causes: ["hard-to-use", "no", "missing-feature"],
  subjects: [
    "Who can see what?",
    "Hide a to-do list from clients",
    "Take somebody off a project",
    "Need to change the account owner",
    "Freelancer has left, what now?",
  ],
  asks: [
    "Can I hide one to-do list from the client and keep the rest of {project} open to them?",
    "{colleague} has left us. What happens to their to-dos and files if I remove them?",
    "The owner of our account is on leave till {month} and nobody else can change the plan. What can we do?",
    "I want our freelancers to see files but not messages. I looked everywhere and couldn't find a switch.",
    "How do I make sure that only {colleague} and I can delete things?",
  ],
  answers: [
    "Yes: open the list, choose Who can see this, and pick Team only. Clients won't see that it exists.",
    "Nothing is lost. Everything they made stays where it is with their name on it, and their open to-dos are listed for you to hand on.",
    "With a short note from the owner, or from someone on the invoice address, I can move the ownership to you today.",
    "There's no switch for that yet. What others do is keep messages in a second project for the team. It isn't perfect, I know.",
  ],
}

export const gettingIn: Topic[] = [login, reset, invite, permissions]

import { matter, type Topic } from "./topic.ts"

const login: Topic = {
  mailbox: "help",
  weight: 13,
  causes: ["incomplete", "slow-first-reply", "bug"],
  matters: [
    matter(
      "Can't sign in | Sign-in page just reloads | Help, I can't get in",
      "I can't sign in any more. I type my password, press the button and the sign-in page comes back without a word.",
      "That loop happens when {browser} refuses our cookie. Clear the cookies for our site once, then sign in, and it will stay.",
    ),
    matter(
      "Password is right but Harbor says no | Login not working since this morning",
      "Since this morning Harbor tells me my password is wrong. It was fine last night and I haven't changed a thing.",
      "I found it: your account had two sign-ins with nearly the same address. I merged them, so your usual password works again. Nothing in your projects changed.",
    ),
    matter(
      "Locked out of my account | Too many attempts?",
      "I'm locked out. It says too many attempts, but I only tried twice before I went and found my notebook.",
      "Your account was locked after a few wrong tries from your old tablet. I've opened it again just now, so please give it another go.",
    ),
    matter(
      "Can't sign in with {browser} | Login works on {phone} but not here",
      "When I sign in with {browser} I land on the sign-in page again. On {phone} it works, so it isn't the password.",
      "It's an add-on in {browser} that removes our cookie, most likely an ad blocker. Allow our address in it and you'll stay signed in.",
    ),
    matter(
      "Nobody here can sign in | Is it us or is it you?",
      "{colleague} and I share an office and suddenly neither of us can sign in. Is it us or is it you?",
      "It's neither of you: your company switched on a second step for signing in last week. I've sent each of you a link to set it up, which takes a minute.",
    ),
    matter(
      "Which address did I use? | Forgot my sign-in address",
      "I signed up with {company} two years ago and have forgotten which address I used. Can you look?",
      "You're registered with the address this email came from. I've sent a fresh link to it that signs you straight in.",
    ),
  ],
}

const reset: Topic = {
  mailbox: "help",
  weight: 8,
  causes: ["careless", "bug", "slow-to-solve"],
  matters: [
    matter(
      "Password reset email never arrives | No reset link",
      "I asked for a new password three times and nothing has arrived. I looked in spam too.",
      "Your mail server turned our message away as too fast. I've sent it again and I can see it was accepted at {time}, so it should be with you.",
    ),
    matter(
      "The link to reset my password has expired | Reset link expired",
      "The reset link says it has expired, but I clicked it within a minute of getting it.",
      "Only the newest link works, and each new request ends the one before. I've sent one more just now: please use that and leave the rest.",
    ),
    matter(
      "Forgot my password | Old address, no password",
      "I've forgotten my password and the address on my account belongs to a job I've left. How do I get in?",
      "I've changed the address on your account to this one, once I'd checked with {colleague}, who owns it. The reset link is on its way.",
    ),
    matter(
      "Reset mail not coming through | Could you set a password for me?",
      "Our mail filter may be eating your messages. Could you set a password for me and tell me by phone?",
      "I can't set a password for you, for your own safety, but I've sent a link from another address of ours that signs you in once. You can choose a new one from there.",
    ),
  ],
}

const invite: Topic = {
  mailbox: "help",
  weight: 9,
  causes: ["hard-to-use", "misunderstood", "bug"],
  matters: [
    matter(
      "Invitation didn't arrive | {colleague} got no invitation",
      "I invited {colleague} to {project} yesterday and they still haven't had an email. Can you see what became of it?",
      "The address had a small typing mistake, so the invitation went to somebody who isn't there. I've corrected it and sent it again.",
    ),
    matter(
      "Invite link says not valid | Client can't accept invitation",
      "My client clicked the invitation and got a page that says it isn't valid. We kick off on Monday, so I'd love to sort this out.",
      "An invitation can be used once, and this one had been opened already by somebody in their office. I've made a new one for them.",
    ),
    matter(
      "Adding {n} people at once | How do I invite a whole team?",
      "I'd like to add {n} people to {project} without typing each address. Is there a way to paste a list?",
      "There is: on the People page, press Add people and paste all {n} of them, one address to a line. Everyone gets their own invitation.",
    ),
    matter(
      "Client sees too much | How do I invite my client?",
      "We invited a client and now they can see the other projects as well. That must not happen. Please tell me how to stop it.",
      "I've made them a client rather than a teammate. Clients see only the projects you add them to, and nothing marked for the team.",
    ),
    matter(
      "Invited people can't see the project | {project} is missing for {colleague}",
      "{colleague} accepted the invitation but the project isn't in their list. Mine shows them as a member.",
      "They had accepted with a second address. I joined the two, and the project is in their list now.",
    ),
  ],
}

const permissions: Topic = {
  mailbox: "help",
  weight: 5,
  causes: ["hard-to-use", "no", "missing-feature"],
  matters: [
    matter(
      "Hide a to-do list from clients | Who can see what?",
      "Can I hide one to-do list from the client and keep the rest of {project} open to them?",
      "Yes: open the list, choose Who can see this, and pick Team only. Clients won't see that it exists.",
    ),
    matter(
      "{colleague} has left, what now? | Take somebody off a project",
      "{colleague} has left us. What happens to their to-dos and files if I remove them?",
      "Nothing is lost. Everything {colleague} made stays where it is with their name on it, and their open to-dos are listed for you to hand on.",
    ),
    matter(
      "Need to change the account owner | Owner on leave",
      "The owner of our account is on leave and nobody else can change the plan. What can we do?",
      "With a short note from somebody on the invoice address I can move the ownership to you today. You can give it back later yourself.",
    ),
    matter(
      "Files yes, messages no | Freelancers see too much",
      "I want our freelancers to see files but not messages. I looked everywhere and couldn't find a switch.",
      "There's no switch for that yet. What others do is keep messages in a second project for the team. It isn't perfect, I know.",
    ),
  ],
}

export const gettingIn: Topic[] = [login, reset, invite, permissions]

import { matter, type Topic } from "./topic.ts"

const exporting: Topic = {
  mailbox: "help",
  weight: 8,
  causes: ["bug", "slow-to-solve", "hard-to-use"],
  matters: [
    matter(
      "Export stuck at 90% | Export still preparing",
      "I started an export of {project} two hours ago and it still says preparing. It has about {n} files.",
      "One very large film held up the queue. I've started your export again on its own and it is ready: the link is on the Exports page.",
    ),
    matter(
      "Export is missing files | Half an export",
      "The export has all the messages but only half of the attachments. The ones from {month} are missing.",
      "Files over a gigabyte were left out without a word, which is wrong. I've made you a complete one by hand and told the developers.",
    ),
    matter(
      "Spreadsheet of all to-dos | How do I export a project?",
      "I need every to-do of {project} as a spreadsheet for a client. Is that possible?",
      "Yes: open the to-dos, press Print or export, and choose Spreadsheet. Each list becomes one sheet.",
    ),
    matter(
      "Zip file won't open | Export won't open on Windows",
      "The zip file I got won't open on Windows. It says a name is too long.",
      "Windows refuses folder names past 260 characters. I've made the export again with short names and a list that maps them.",
    ),
    matter(
      "Export for our archive | Keep {project} for ten years",
      "We must archive {project} for ten years. Which format do you recommend?",
      "Choose HTML. It opens in any browser without us, and everything is linked as it is on the site.",
    ),
  ],
}

const printing: Topic = {
  mailbox: "help",
  weight: 4,
  causes: ["bug", "missing-feature", "hard-to-use"],
  matters: [
    matter(
      "Printing cuts off the right side | Print a to-do list",
      "When I print a list from {project} the right side is missing. I tried landscape as well.",
      "That was ours: the print style was a little too wide. It's put right as of this morning, so please try again.",
    ),
    matter(
      "Calendar prints on 14 pages | Calendar on one page",
      "My boss wants the calendar for {month} on one page for the wall. I get fourteen.",
      "Choose Month on one page in the print window of the calendar. It needs paper in landscape, and then it fits the wall.",
    ),
    matter(
      "Printed pages are blank | Blank pages from {browser}",
      "Printing from {browser} gives me blank pages after the first. What am I doing wrong?",
      "Nothing: {browser} leaves out pages when Print backgrounds is on. Switch that off and they come out.",
    ),
    matter(
      "Can I print without the comments? | Print one message",
      "I'd like to print a discussion without the comments. I only need the top message.",
      "There's a small printer sign at the message itself, beside the date. It prints that one and nothing else.",
    ),
  ],
}

const upload: Topic = {
  mailbox: "help",
  weight: 7,
  causes: ["bug", "limit", "outage"],
  matters: [
    matter(
      "Can't upload {file} | Upload fails",
      "I try to upload {file} to {project}. It goes to the end and then says failed. Four times now.",
      "The name of {file} had something in it that our storage could not take. That's mended, and I've uploaded your last attempt for you.",
    ),
    matter(
      "File too big? | How large may a file be?",
      "How large may a file be? Ours are drawings of up to 300 megabytes, and they stop halfway.",
      "Up to 2 gigabytes on your plan. Yours stopped because the connection broke off; it can now be continued where it ended.",
    ),
    matter(
      "Attached files disappear | {file} is gone",
      "I attached {file} to a message, pressed Save, and it was gone. {colleague} sees the same.",
      "I found {file} and put it back on the message. It had been saved as a draft because the page was open twice.",
    ),
    matter(
      "Drag and drop stopped working | Dragging files does nothing",
      "Dragging files into the page did nothing all day. With the button it works.",
      "A change on Tuesday broke dragging in {browser}. It's been put right, and reloading the page once brings it back.",
    ),
    matter(
      "Uploads very slow today | Uploads take minutes",
      "Uploads that took seconds last week take minutes now. Our line is fine, we measured.",
      "One of our two storage sites was slow between nine and noon. It's back to normal, and nothing was lost.",
    ),
  ],
}

const finding: Topic = {
  mailbox: "help",
  weight: 5,
  causes: ["bug", "hard-to-use", "outage"],
  matters: [
    matter(
      "Search doesn't find anything | Search stops at {month}",
      "Search finds nothing from before {month}, though I can open those messages by hand.",
      "Your older messages had fallen out of the index. I've had them read in again and search knows them now.",
    ),
    matter(
      "Deleted a project by accident | Please bring it back",
      "I deleted {project} by mistake. Please tell me it can be brought back.",
      "It can. Everything is back as it was at {time}. Deleted things rest for 30 days before they go.",
    ),
    matter(
      "Restore a to-do list | A list has vanished",
      "A to-do list with {n} items is gone and none of us deleted it. Where can it be?",
      "It was moved to another project at {time}, by {colleague}. I left it there so that nothing is done twice; you can drag it back.",
    ),
    matter(
      "Where did {file} go? | Old files missing",
      "I'm looking for {file}. I know it was in {project} in {month}. Can you see it?",
      "Found: it sits in the trash of that project. You can restore it with one press from there.",
    ),
  ],
}

const importing: Topic = {
  mailbox: "help",
  weight: 3,
  causes: ["incomplete", "missing-feature", "hard-to-use"],
  matters: [
    matter(
      "Import from a spreadsheet | Can I import to-dos?",
      "Our to-dos are in a spreadsheet. Is there a way to bring {n} of them in at once?",
      "Yes, save it as CSV with a title row and use Import on the to-dos page. Names in the third column become the people.",
    ),
    matter(
      "Import made duplicates | Everything is there twice",
      "I ran the import twice by mistake and now everything is there twice. Help!",
      "I've taken out the second run for you: {n} to-dos went, and none that anybody had touched since.",
    ),
    matter(
      "Import failed at line {n} | Import stops halfway",
      "The import stops at line {n} and doesn't say why. The line looks like all the others.",
      "Line {n} has a quotation mark that is never closed. Delete it and the rest goes in; nothing will come twice.",
    ),
    matter(
      "Moving to Harbor from another tool | Moving {n} projects",
      "We're moving over from another tool with about {n} projects. What's the gentlest way to do it?",
      "Start with one project and see how it feels. If you send me the export I'll bring in the rest for you, free of charge.",
    ),
  ],
}

export const work: Topic[] = [exporting, printing, upload, finding, importing]

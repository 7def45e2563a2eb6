import { matter, type Topic } from "./topic.ts"

const invoice: Topic = {
  mailbox: "billing",
  weight: 9,
  causes: ["price", "incomplete", "slow-first-reply"],
  matters: [
    matter(
      "Invoice for {month} | Need our company name on the invoice",
      "Our bookkeeper needs the invoice for {month} with the full company name, {company}. At the moment it only has mine.",
      "I've put {company} and the address you gave on your account and remade the invoice for {month}. It's on your billing page now.",
    ),
    matter(
      "Two invoices this month? | Did we pay twice?",
      "I was sent two invoices for {month}, both for {amount}. Did we pay twice?",
      "You paid once. The second one is a correction with the new address and replaces the first, which should have been written on it. Sorry for the fright.",
    ),
    matter(
      "VAT number missing on invoice | Tax number on invoices",
      "Could you add our VAT number to the invoices? The tax office won't take them without it.",
      "Your VAT number is on the account, and all invoices since January have been made again with it. You can download them in one file.",
    ),
    matter(
      "Where do I find my receipts? | Last year's receipts",
      "Where can I download last year's receipts? I can see the last three but no further back.",
      "They're all on the Billing page under Earlier years, right at the bottom. I know it's easy to miss.",
    ),
    matter(
      "Send invoices to {colleague} | Invoice address",
      "Please send invoices to {colleague} from now on. I'm not the one who pays them and I keep forgetting to pass them on.",
      "Done. Invoices go to {colleague} from today, and you can change that yourself under Billing, Send invoices to.",
    ),
  ],
}

const card: Topic = {
  mailbox: "billing",
  weight: 7,
  causes: ["price", "bug", "felt-canned"],
  matters: [
    matter(
      "Card declined | Payment failed but the card is fine",
      "You wrote that our card was declined. The bank says there was no such attempt. What now?",
      "Your bank asked for a second confirmation, which timed out. I've opened the payment again; when you press Pay, keep your phone beside you.",
    ),
    matter(
      "New credit card | Update card details",
      "We have a new card. I typed it in twice and the page says the payment failed, with no reason.",
      "The postcode on the card and the one you typed differ, which is why the bank said no. With the right one it will go through.",
    ),
    matter(
      "Please don't close our account | Closing on Friday?",
      "Our account says it will be closed on Friday over a failed payment. We want to pay! How?",
      "No need to worry, I've put the closing date back by two weeks, so that you have time to sort out the card.",
    ),
    matter(
      "Somebody else's card | Card of {colleague}",
      "The card on the account belongs to {colleague}, who has left. I'd like to put in mine without losing anything.",
      "You can change the card under Billing at any time, and nothing else changes. I've made you the billing contact so that you can.",
    ),
    matter(
      "Bank transfer? | Paying without a card",
      "Can we pay by bank transfer? Our firm has done away with credit cards.",
      "For yearly plans, yes. I've sent you an invoice for {amount} with our bank details on it.",
    ),
  ],
}

const refund: Topic = {
  mailbox: "billing",
  weight: 5,
  causes: ["refund", "price", "no"],
  matters: [
    matter(
      "Charged after I cancelled | Refund request",
      "I cancelled in {month} and you charged me {amount} again. I'd like it back, please.",
      "You're right, and I'm sorry. I've returned {amount} to your card just now. Banks take three to five days to show it.",
    ),
    matter(
      "Charged twice | Two charges on the same day",
      "There are two charges of {amount} on my statement on the same day. One of them must be a mistake.",
      "One of the two is only a reservation by your bank and will vanish by itself. You'll be charged once.",
    ),
    matter(
      "Wrong amount charged | Still paying for the big plan",
      "We went to the smaller plan and were still charged for the big one. That can't be right.",
      "Your change took effect a day after the renewal. I've refunded the difference and moved you to the smaller plan as of today.",
    ),
    matter(
      "Forgot to cancel, can I have my money back? | A day too late",
      "I meant to cancel before the renewal and missed it by a day. Is there anything you can do?",
      "A day late is no reason to keep your money. I've cancelled the renewal and sent the {amount} back.",
    ),
    matter(
      "Paid for too many people | Refund for unused seats",
      "We paid for {n} people but only ever had half as many. Can you look at the last months?",
      "We can go back three months on this, so I've refunded those and set the account to the people you have. I couldn't do more than that, I'm afraid.",
    ),
  ],
}

const plan: Topic = {
  mailbox: "billing",
  weight: 6,
  causes: ["limit", "price", "misunderstood"],
  matters: [
    matter(
      "Upgrade question | At the limit with {n} projects",
      "We're at the limit of our plan with {n} projects. What would the next one cost, and do we lose anything when we move?",
      "The next plan is {amount} a month, from the day you press the button, and everything stays where it is. You only pay the days that are left of this month.",
    ),
    matter(
      "Discount for a charity? | Price for a small charity",
      "We're a small charity. Is there a reduced price for people like us?",
      "There is: half price for as long as you need it. I've put it on your account, so the next invoice is already lower.",
    ),
    matter(
      "Cancelling our account | Cancel at the end of {month}",
      "Please cancel our account at the end of {month}. It was good, but the project it was for is over.",
      "I've set it to end on the last day of {month}. Until then all works as before, and you can export everything with one button.",
    ),
    matter(
      "Pause the account over the summer | Can we pause?",
      "Could we pause for the summer? We're a school, and nobody works here from July to September.",
      "You can. I've set it to pause until the first of September: no charge, nothing deleted, and you can read everything.",
    ),
    matter(
      "What happens if we go to the smaller plan? | Downgrade and files",
      "If we go back to the smaller plan, what becomes of the files that are over the limit?",
      "Nothing is deleted. You can read and download it all, only adding new files waits until you're below the limit.",
    ),
  ],
}

export const money: Topic[] = [invoice, card, refund, plan]

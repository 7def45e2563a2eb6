import type { Topic } from "./topic.ts"

const invoice: Topic = {
  mailbox: "billing",
  weight: 9,
  causes: ["price", "incomplete", "slow-first-reply"],
  subjects: [
    "Invoice for {month}",
    "Need our company name on the invoice",
    "Where do I find my receipts?",
    "VAT number missing on invoice",
    "Two invoices this month?",
    "Invoice copy please",
  ],
  asks: [
    "Our bookkeeper needs the invoice for {month} with the full company name, {company}. At the moment it only has mine.",
    "I was sent two invoices for {month}, both for {amount}. Did we pay twice?",
    "Could you add our VAT number to the invoices? The tax office won't take them without it.",
    "Where can I download last year's receipts? I can see the last three but no further back.",
    "Please send invoices to {colleague} from now on. I'm not the one who pays them and I keep forgetting to pass them on.",
  ],
  answers: [
    "I've put {company} and the address you gave on your account and remade the invoice for {month}. It's attached to your billing page now.",
    "You paid once. The second one is a correction with the new address and replaces the first, which I should have said on it. Sorry for the fright.",
    "Your VAT number is on the account, and all invoices since January have been made again with it. You can download them in one file.",
    "They're all on the Billing page under Earlier years, right at the bottom. I know it's easy to miss.",
    "Done. Invoices go to {colleague} from today, and you can change that yourself under Billing, Send invoices to.",
  ],
}

const card: Topic = {
  mailbox: "billing",
  weight: 7,
  causes: ["price", "bug", "felt-canned"],
  subjects: [
    "Card declined",
    "New credit card",
    "Payment failed but the card is fine",
    "Please don't close our account, card problem",
    "Update card details",
  ],
  asks: [
    "You wrote that our card was declined. The bank says there was no such attempt. What now?",
    "We have a new card. I typed it in twice and the page says the payment failed, with no reason.",
    "Our account says it will be closed on Friday over a failed payment. We want to pay! How?",
    "The card on the account belongs to {colleague}, who has left. I'd like to put in mine without losing anything.",
    "Can we pay by bank transfer? Our firm has done away with credit cards.",
  ],
  answers: [
    "Your bank asked for a second confirmation, which timed out. I've opened the payment again; when you press Pay, keep your phone beside you.",
    "The postcode on the card and the one you typed differ, which is why the bank said no. With the right one it will go through.",
    "No need to worry, I've put the closing date back by two weeks, so that you have time to sort out the card.",
    "You can change the card under Billing at any time, and nothing else changes. I've made you the billing contact so that you can.",
    "For yearly plans, yes. I've sent you an invoice for {amount} with our bank details on it.",
  ],
}

const refund: Topic = {
  mailbox: "billing",
  weight: 5,
  causes: ["refund", "price", "no"],
  subjects: [
    "Refund request",
    "Charged after I cancelled",
    "Charged twice",
    "Forgot to cancel, can I have my money back?",
    "Wrong amount charged",
  ],
  asks: [
    "I cancelled in {month} and you charged me {amount} again. I'd like it back, please.",
    "There are two charges of {amount} on my statement on the same day. One of them must be a mistake.",
    "We went to the smaller plan and were still charged for the big one. That can't be right.",
    "I meant to cancel before the renewal and missed it by a day. Is there anything you can do?",
    "We paid for {n} people but only ever had half as many. Can you look at the last months?",
  ],
  answers: [
    "You're right, and I'm sorry. I've returned {amount} to your card just now. Banks take three to five days to show it.",
    "One of the two is only a reservation by your bank and will vanish by itself. You'll be charged once.",
    "Your change took effect a day after the renewal. I've refunded the difference and moved you to the smaller plan as of today.",
    "A day late is no reason to keep your money. I've cancelled the renewal and sent the {amount} back.",
    "We can go back three months on this, so I've refunded those. I couldn't do more than that, I'm afraid.",
  ],
}

const plan: Topic = {
  mailbox: "billing",
  weight: 6,
  causes: ["limit", "price", "misunderstood"],
  subjects: [
    "Upgrade question",
    "What happens if we go to the smaller plan?",
    "Discount for a charity?",
    "Price for {n} people",
    "Cancelling our account",
    "Pause the account over the summer",
  ],
  asks: [
    "We're at the limit of our plan with {n} projects. What would the next one cost, and do we lose anything when we move?",
    "We're a small charity. Is there a reduced price for people like us?",
    "Please cancel our account at the end of {month}. It was good, but the project it was for is over.",
    "Could we pause for the summer? We're a school, and nobody works here from July to September.",
    "If we go back to the smaller plan, what becomes of the files that are over the limit?",
  ],
  answers: [
    "The next plan is {amount} a month, from the day you press the button, and everything stays where it is. You only pay the days that are left of this month.",
    "There is: half price for as long as you need it. I've put it on your account, so the next invoice is already lower.",
    "I've set it to end on the last day of {month}. Until then all works as before, and you can export everything with one button.",
    "You can. I've paused it until the first of September: no charge, nothing deleted, and you can read everything.",
    "Nothing is deleted. You can read and download it all, only adding new files waits until you're below the limit.",
  ],
}

export const money: Topic[] = [invoice, card, refund, plan]

import type { Face } from "#app/models/ratings/face.ts"

/** What each number means, in the words that stand at the foot of the page when it is pointed at. */
export const means = {
  face: (face: Face) =>
    `${faceNames[face]}: the first face each rated reply was given, once it had settled. Follow-ups to a frown and voided ratings do not count. By the day the reply was sent.`,
  happyShare: "Happy: the share of happy among all ratings, to a tenth of a point. Not given under ten ratings.",
  share:
    "Share: of all ratings, each rounded to a tenth of a point. The whole percents of the sentence above are rounded so that they add to 100.",
  rated: "Rated: replies whose customer pressed a face, counted once each.",
  asked: "Asked: replies that left with the question and did not bounce.",
  response: "Answered: ratings for each hundred asked, of the same replies.",
  leftOff: "Left off: replies that went out without the question because their writer took it off.",
  interval:
    "Between these lies the true share with 95% confidence (Wilson). It covers chance, not the silence of those who did not answer.",
  change:
    "Later minus earlier, in points, with the 95% interval of the difference (Newcombe). Clear when the interval leaves out zero.",
  load: "Emails per agent per day: replies sent, divided by the people who sent at least one that day.",
  agentDays: "Agent-days: one for each person and day on which they sent at least one reply.",
  medianDay: "The middle one of the days, in replies per agent who worked that day.",
  workday: "Replies sent, divided by the days on which any were sent.",
  estimate:
    "What the share of happy probably is. The fewer ratings a person has, the more it is drawn towards the team's, so that three of three is not called better than 270 of 290.",
  standsOut: "Further from the team than chance takes anybody in 998 of 1,000 cases.",
  notOurs: "Frowns whose cause support does not control: product, policy and others. They count all the same.",
  frowns:
    "Frowns: replies sent in this time whose first face was a frown, the same as in the ratio. What the customer withdrew before we wrote and what was voided is none.",
  contacted: "Contacted: frowns after which somebody wrote to the customer or called.",
  flipped: "Flipped: the customer's own later rating, within 30 days of the contact, was happy.",
  flipRate: "Flip rate: flipped of those contacted, with its 95% interval.",
  ofAllFrowns: "Of all frowns: flipped of all frowns of this time, whether anybody had contacted them or not.",
  together: "Together: this cause and those above it, of all frowns.",
  contact:
    "From the frown's opening to the first contact, nights and weekends included: the middle one, and nine of ten.",
  overdue: "Past due: open, not contacted, and due before now.",
  improved:
    "Improved: the later rating was OK. Told by telephone is what a customer said to us, and is never counted as flipped.",
  held: "Held: presses that came too fast or without a gesture, as machines make them, and waited for a second press.",
  contested: "Contested: two presses of one link that disagreed so quickly that neither counts.",
  rejected: "Rejected: presses on an expired or revoked link, from our own staff, or from no page of ours.",
  voided: "Voided: ratings a lead took out, each with a reason that stays on the case.",
  notAsked:
    "Replies without a question: first mails of ours, follow-ups to a frown, customers who asked not to be asked, and asks that bounced.",
  bounds: "If all who stayed silent were unhappy, and if all were happy: the truth lies between.",
  repeat: "Customers who rate often count as the number of voices their ratings are worth.",
}

export const faceNames: Record<Face, string> = { happy: "Happy", ok: "OK", frown: "Frown" }
export const faceOrder = ["happy", "ok", "frown"] as const

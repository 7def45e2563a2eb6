/** Somebody's time on the desk in an era: from a day on, on those days of the week (1 Monday to 5 Friday). */
export type Shift = { person: string; from: string; days: readonly number[] }

export type Half = {
  from: string
  to: string
  /** Happy, OK and frown in percent. */
  shares: readonly [number, number, number]
  /** Of the frowns: how many somebody went back to, and how many of those turned. */
  contacted: number
  flipped: number
  /** Median hours from a frown to the first contact. */
  contactHours: number
}

/** A stretch of the desk's past that was worked the same way. */
export type Era = {
  halves: readonly Half[]
  shifts: readonly Shift[]
  /** Replies per person and day, on average over the era. */
  perAgentDay: number
  /** Cases opened in it where that is what is known; null: as many as the replies make. */
  cases: number | null
  /** Rated replies of a half are a multiple of this: of a hundred, so that its shares come out exactly. */
  ratedStep: number
  /** Both halves have equally many rated replies, so that the year's shares are exact too. */
  evenHalves: boolean
}

type Followed = Pick<Half, "contacted" | "flipped" | "contactHours">

const half = (year: number, which: 1 | 2, shares: Half["shares"], followed: Followed): Half => ({
  from: which === 1 ? `${year}-01-01` : `${year}-07-01`,
  to: which === 1 ? `${year}-06-30` : `${year}-12-31`,
  shares,
  ...followed,
})

/** 84 / 9 / 7 in 2010. Frowns are followed up when there is time, and there seldom is. */
export const halves2010 = [
  half(2010, 1, [83, 9, 8], { contacted: 0.52, flipped: 0.44, contactHours: 30 }),
  half(2010, 2, [85, 9, 6], { contacted: 0.6, flipped: 0.46, contactHours: 22 }),
]

/** 90 / 7 / 3 in 2011, 92 / 5 / 3 in its second half. */
export const halves2011 = [
  half(2011, 1, [88, 9, 3], { contacted: 0.86, flipped: 0.52, contactHours: 7 }),
  half(2011, 2, [92, 5, 3], { contacted: 0.95, flipped: 0.58, contactHours: 4 }),
]

const lately = { contacted: 0.97, flipped: 0.56, contactHours: 4 }

/** Last year and as much as there is of this one, so that the current page has something to compare with. */
export const recentHalves = (year: number) => [
  half(year - 1, 1, [90, 7, 3], lately),
  half(year - 1, 2, [91, 6, 3], lately),
  half(year, 1, [91, 6, 3], lately),
  half(year, 2, [91, 6, 3], lately),
]

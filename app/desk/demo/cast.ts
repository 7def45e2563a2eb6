/** The demo's company is Harbor, which makes a tool for small teams. Everything in it ends in .example (RFC 2606). */
export const domain = "harbor.example"

/** Everybody's password, printed when the demo is filled. Known to all, which is why they own nothing real. */
export const password = "flip-the-frowns"

export type Person = {
  key: string
  name: string
  role: "agent" | "lead" | "admin"
  limit: number
  /** Answers billing as well. */
  billing: boolean
  /** Monday to Friday, from and to in minutes after midnight. */
  shift: readonly [number, number]
  /** The day they left, for those of the growing team of 2011 who are not here any more. */
  left: string | null
}

const here = (key: string, surname: string, limit: number, rest: Partial<Person> = {}): Person => ({
  key,
  name: `${key} ${surname}`,
  role: "agent",
  limit,
  billing: false,
  shift: [540, 1050],
  left: null,
  ...rest,
})

const gone = (key: string, surname: string, left: string) => here(key, surname, 20, { left })

/** Seven on shift today. The first runs the desk. */
export const team: Person[] = [
  here("Joan", "Okafor", 15, { role: "lead" }),
  here("Ann", "Lindqvist", 12, { billing: true, shift: [480, 990] }),
  here("Chase", "Moreno", 8, { billing: true, shift: [570, 1080] }),
  here("Emily", "Hartmann", 14, { shift: [420, 930] }),
  here("Michael", "Tan", 16, { shift: [660, 1170] }),
  here("Kristin", "Vasquez", 12, { shift: [480, 990] }),
  here("Merissa", "Dubois", 10, { role: "lead" }),
]

/** Who helped out in 2011 at the real size and has moved on since. */
export const former: Person[] = [
  gone("Noah", "Whitfield", "2013-05-31"),
  gone("Priya", "Raman", "2014-09-30"),
  gone("Tomas", "Kral", "2012-12-31"),
  gone("Wendy", "Abara", "2016-03-31"),
  gone("Luca", "Ferri", "2015-07-31"),
  gone("Grace", "Nakamura", "2018-01-31"),
  gone("Dylan", "Price", "2013-02-28"),
  gone("Ines", "Carvalho", "2014-06-30"),
]

export const emailOf = ({ key }: Pick<Person, "key">) => `${key.toLowerCase()}@${domain}`

export const boxes = {
  help: { name: "Help", address: `help@${domain}`, signature: "The Harbor team" },
  billing: { name: "Billing", address: `billing@${domain}`, signature: "Harbor, billing" },
} as const
export type BoxKey = keyof typeof boxes

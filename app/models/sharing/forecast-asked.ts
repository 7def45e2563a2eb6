export type Asked = { people: number | null; minutes: number | null }
export type Wrong = { people?: string; minutes?: string }

/** The question as it stands in the address; what was left out is the desk's own figure, and so is what makes no sense. */
export function askedFrom(query: URLSearchParams): { asked: Asked; wrong: Wrong } {
  const people = numberIn(query, "people")
  const minutes = numberIn(query, "minutes")
  const badPeople = people !== null && !(Number.isInteger(people) && people >= 1 && people <= 200)
  const badMinutes = minutes !== null && !(minutes >= 0.5 && minutes <= 240)
  return {
    asked: { people: badPeople ? null : people, minutes: badMinutes ? null : minutes },
    wrong: {
      ...(badPeople ? { people: "Must be a whole number from 1 to 200." } : {}),
      ...(badMinutes ? { minutes: "Must be from half a minute to 240." } : {}),
    },
  }
}

function numberIn(query: URLSearchParams, name: string) {
  const text = query.get(name)?.trim()
  return text ? Number(text) : null
}

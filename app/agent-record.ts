import type { Load } from "./models/sharing/load.server.ts"

/** A person as the API writes one. */
export const agentRecord = ({ email, name, role, presence, limit, load, givenToday, answeredToday }: Load) => ({
  email,
  name,
  role,
  presence,
  limit,
  load,
  givenToday,
  answeredToday,
})

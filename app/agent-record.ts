import type { Load } from "./models/sharing/load.server.ts"

/** A person as the contract writes one. */
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

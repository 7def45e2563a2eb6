import { db } from "#db/connection.server.ts"
import type { Viewer } from "../people/agent.ts"
import { participantsFor } from "./participant.server.ts"

/** Who takes part in a case, for its page. */
export const caseParticipants = (viewer: Viewer, caseNumber: number) =>
  db.transaction((tx) => participantsFor(tx, viewer, caseNumber))

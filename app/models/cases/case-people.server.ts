import { db } from "#db/connection.server.ts"
import { participantsOf } from "./participant.server.ts"

/** Who takes part in a case, for its page. */
export const caseParticipants = (caseNumber: number) => db.transaction((tx) => participantsOf(tx, caseNumber))

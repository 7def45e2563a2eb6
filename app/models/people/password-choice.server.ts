import { commonPasswords } from "./common-passwords.server.ts"
import { type Chooser, lengthRefusal, passwordRefusal } from "./password.ts"
import { setting } from "./settings.server.ts"

type Whose = Omit<Chooser, "deskName"> & { deskName?: string }

/** Why somebody cannot have this password, in words for them; null when they can. Asked wherever one is set. */
export async function choiceRefusal(password: string, whose: Whose): Promise<string | null> {
  const refused = lengthRefusal(password)
  if (refused !== null) return refused
  const deskName = whose.deskName ?? (await setting("desk.name"))
  return passwordRefusal(password, { ...whose, deskName }, await commonPasswords())
}

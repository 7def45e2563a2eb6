import { createHash, randomBytes } from "node:crypto"

/** 32 random bytes as 43 letters. Shown or set once; the table keeps its hash. */
export const newToken = () => randomBytes(32).toString("base64url")

/** What is stored of a token. A plain sha256 is enough for 256 random bits. */
export const tokenHash = (token: string) => createHash("sha256").update(token).digest("hex")

import { lineOf, networkOf } from "./network.ts"

/** `most` at once, then one every so many seconds; one marked `after` gets its turn that much later than others. */
export type Bucket = { key: string; most: number; everySeconds: number; after?: number }

/** Who tries to sign in. `account` and `device` are names without meaning, so that no address is written down. */
export type Asker = { account: string; remote: string; device: string | null }

/** Where a password waits to be looked at: devices the account knows first, then by how calm the address is. */
export type Place = 0 | 1 | 2 | 3

const minute = 60
const hour = 60 * minute

/**
 * A device the account was signed in with has tries of its own, whatever strangers do from the same address or
 * anywhere else; and so has an address it was signed in from.
 */
export const deviceBucket = (account: string, device: string): Bucket => ({
  key: `device ${account} ${device}`,
  most: 10,
  everySeconds: minute,
})

export const homeBucket = ({ account, remote }: Asker): Bucket => ({
  key: `home ${account} ${lineOf(remote)}`,
  most: 10,
  everySeconds: minute,
})

export const homeOf = ({ account, remote }: Asker) => `${account} ${lineOf(remote)}`

/** Before anything that all share: what one address may do to one account, and to all of them. */
export const addressBuckets = ({ account, remote }: Asker): Bucket[] => [
  { key: `pair ${account} ${lineOf(remote)}`, most: 10, everySeconds: 2 * minute },
  { key: `address ${lineOf(remote)}`, most: 30, everySeconds: 30 },
]

/** Calm is an address with few tries of late that led nowhere, in a neighbourhood with few. */
export const calmBucket = ({ remote }: Asker): Bucket => ({
  key: `calm ${lineOf(remote)}`,
  most: 5,
  everySeconds: 12 * minute,
})

export const calmNetworkBucket = ({ remote }: Asker): Bucket => ({
  key: `calm network ${networkOf(remote)}`,
  most: 10,
  everySeconds: 6 * minute,
})

/**
 * What strangers may do to one account, wherever they come from: 6 + 45 an hour for calm addresses, 4 + 50 for those that
 * were told to wait and did, 5 + 8 for all others, which makes at most 118. Addresses that made themselves known by trying
 * cannot use up what calm ones wait for, and in a noisy neighbourhood the calm ones let those of a quiet one pass first.
 */
export const accountBucket = (account: string, place: Place): Bucket =>
  place === 3
    ? { key: `noisy ${account}`, most: 5, everySeconds: hour / 8 }
    : { key: `account ${account}`, most: 6, everySeconds: 80, after: place === 2 ? 15 : 0 }

/** Those who come back after the wait they were told: an attacker with ever new addresses never does. */
export const returningBucket = (account: string): Bucket => ({
  key: `returning ${account}`,
  most: 4,
  everySeconds: 72,
})

/** Nobody calm is told to wait longer, and whoever waited nearly as long has waited. */
export const longestWait = 30
export const hasWaited = (seconds: number) => seconds >= longestWait - 5

/** All of the desk together. Nobody is refused for it: above it strangers wait behind everybody else. */
export const everyone: Bucket = { key: "everyone", most: 600, everySeconds: 0.1 }

/** An attack is told to the account's owner once a day. */
export const toldBucket = (account: string): Bucket => ({ key: `told ${account}`, most: 1, everySeconds: 24 * hour })

/** The code of the first visit. A new code, which every start makes, has tries of its own. */
export const codeBucket = (codeHash: string, remote: string): Bucket => ({
  key: `code ${codeHash} ${lineOf(remote)}`,
  most: 20,
  everySeconds: 45,
})

/** The password typed again by whoever is signed in: no stranger counts here, nor a thief on the owner's own device. */
export const proofBucket = (agentId: number, device: string | null): Bucket => ({
  key: `proof ${agentId} ${device ?? ""}`,
  most: 10,
  everySeconds: minute,
})

/** How long to wait, in words for a person. */
export const waitWords = (seconds: number) =>
  `Too many tries. Wait ${seconds < 60 ? `${seconds} seconds` : `${Math.ceil(seconds / 60)} minutes`} and try again`

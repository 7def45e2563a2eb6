import { deskNow } from "./clock.server.ts"
import { fillDemo } from "./desk/demo/fill.server.ts"
import { recountDays } from "./desk/rebuild.ts"
import { log } from "./log.server.ts"
import { innermostWords } from "./log-error.ts"
import { renameParticipants } from "./models/cases/address-forms.server.ts"
import { renameSenders } from "./models/mail/address-forms.server.ts"
import { tellOfAttack } from "./models/mail/attack-notice.server.ts"
import { renamePeople } from "./models/people/address-forms.server.ts"
import { claimJob, failJob, finishJob, type Job } from "./models/people/jobs.server.ts"

/** What each kind of job does. It is done again after a crash, so each must bear being done twice. */
const kinds: Record<string, (now: Date, payload: Job["payload"]) => Promise<unknown>> = {
  /** The welcome page's checkbox. A desk that has a case by then is left as it is. */
  demo: (now) => fillDemo({ full: false, onProgress: () => {} }, now),
  /** The desk's zone was changed: every day that is counted under moved. */
  tallies: () => recountDays(),
  /** Many addresses try passwords on one account. */
  attack: (now, { agentId }) => tellOfAttack(Number(agentId), now),
  /** Addresses kept by a version that compared them in other ways. */
  addresses: renameAddresses,
}

async function renameAddresses() {
  await renameParticipants()
  await renameSenders()
  const left = await renamePeople()
  // No warning: nothing is lost by it, and both addresses are somebody's.
  if (left > 0) log.warn({ left }, "addresses stay in an old form, because the new one is somebody's already")
}

/** Does the next job that is due; false when there is none. */
export async function runNextJob(lease: string): Promise<boolean> {
  const job = await claimJob(lease)
  if (!job) return false
  const work = kinds[job.kind]
  const failure = work
    ? await work(deskNow(), job.payload).then(() => null, innermostWords)
    : `There is no job ${job.kind}`
  if (failure === null) await finishJob(job, lease, deskNow())
  else {
    log.error({ job: job.id, kind: job.kind, failure }, "a job failed")
    await failJob(job, lease, failure)
  }
  return true
}

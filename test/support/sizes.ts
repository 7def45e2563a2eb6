/** Sizes of the fault tests: on each push, or `FAULTS=night` and `FAULTS=release` for the long runs. */
const run = process.env.FAULTS ?? "push"

export function sized<T>(sizes: { push: T; night: T; release?: T }): T {
  if (run === "release") return sizes.release ?? sizes.night
  return run === "night" ? sizes.night : sizes.push
}

/** The time a long run may take in place of `milliseconds`. */
export const patience = (milliseconds: number) => milliseconds * (run === "push" ? 1 : run === "night" ? 15 : 90)

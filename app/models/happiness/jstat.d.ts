/** The part of jstat that is used; the package brings no types. */
declare module "jstat" {
  const jStat: {
    beta: { inv(p: number, alpha: number, beta: number): number }
    chisquare: { cdf(x: number, degrees: number): number }
  }
  export default jStat
}

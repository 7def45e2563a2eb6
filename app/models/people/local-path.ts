/** Where to go after signing in: a path on this desk, or "/" for whatever would lead elsewhere. */
export function localPath(to: string | null): string {
  if (to === null || !/^\/[^\p{C}\\]*$/u.test(to) || !URL.canParse(to, base)) return "/"
  const url = new URL(to, base)
  // Dots can fold a path into one that starts with two slashes, which a browser would read as a host.
  if (url.origin !== base || url.pathname.startsWith("//")) return "/"
  return url.pathname + url.search
}

const base = "http://desk.invalid"

/** A person with a browser and no JavaScript: opens a rating link, waits, presses the button, with cookies kept. */
export class Customer {
  private cookies = new Map<string, string>()

  async open(link: string) {
    const answer = await fetch(link, { headers: this.headers(), redirect: "manual" })
    return { status: answer.status, html: await answer.text(), headers: answer.headers }
  }

  /** Presses `face` on the page of `link`; what the press answered, and the page it led to. */
  async press(link: string, face: string, comment = "") {
    const page = await this.open(link)
    const nonce =
      /name="n"[^>]*value="([^"]+)"/.exec(page.html)?.[1] ?? /value="([^"]+)"[^>]*name="n"/.exec(page.html)?.[1] ?? ""
    // A person needs a moment to read; less than 700 ms is held.
    await new Promise((done) => setTimeout(done, 900))
    const { origin } = new URL(link)
    const answer = await fetch(link.replace(/\/(happy|ok|frown)$/, ""), {
      method: "POST",
      redirect: "manual",
      headers: { ...this.headers(), origin, "content-type": "application/x-www-form-urlencoded" },
      body: new URLSearchParams({ choice: face, n: nonce, comment, hp: "", js: "0", g: "0" }),
    })
    for (const cookie of answer.headers.getSetCookie()) this.cookies.set(...split(cookie))
    return { status: answer.status, location: answer.headers.get("location"), html: await answer.text() }
  }

  private headers(): Record<string, string> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join("; ")
    return {
      "user-agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
      ...(cookie ? { cookie } : {}),
    }
  }
}

function split(cookie: string): [string, string] {
  const [pair = ""] = cookie.split(";")
  const at = pair.indexOf("=")
  return [pair.slice(0, at), pair.slice(at + 1)]
}

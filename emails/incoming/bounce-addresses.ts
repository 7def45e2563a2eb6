const address =
  /(?:^|[\s<("'`:;=[,|])((?:[\w.!#$%&'*+/=?^{|}~-]{1,64})@(?:[\w-]{1,63}\.){0,10}[\w-]{1,63})(?=$|[\s>)"'`:;,\].|?<])/g

/** Every address in a line, in small letters. */
export function addressesIn(line: string): string[] {
  return [...line.slice(0, 2000).matchAll(address)].map(([, one = ""]) =>
    one.toLowerCase().replace(/^(?:smtp=|['`=|])+/, ""),
  )
}

/** Whoever a returned mail's header names under To. */
export function toOf(header: string): string[] {
  const [, to = ""] = /^[ \t>]{0,20}to:([^\n]{0,2000}(?:\n[ \t]+[^\n]{0,1000}){0,5})/im.exec(header) ?? []
  return [...new Set(addressesIn(to))]
}

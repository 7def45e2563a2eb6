type Sender = { name: string; address: string }

const scripts = [
  /\p{Script=Latin}/u,
  /\p{Script=Cyrillic}/u,
  /\p{Script=Greek}/u,
  /\p{Script=Armenian}/u,
  /\p{Script=Hebrew}/u,
  /\p{Script=Arabic}/u,
]

/**
 * What should make a reader look twice at who wrote: a name that is another address ("ceo@ours" <x@evil>), or a domain
 * whose labels mix scripts that look alike (mail.md 3.11). Null for everybody else.
 */
export function impostorSign({ name, address }: Sender): string | null {
  const inName = /[^\s<>"'(),;:]{1,64}@[^\s<>"'(),;:]{1,253}/.exec(name.slice(0, 400))?.[0]
  if (inName && inName.toLowerCase() !== address.toLowerCase())
    return `The name says ${inName}, the mail came from ${address}.`
  const labels = address.slice(address.lastIndexOf("@") + 1).split(".")
  const mixed = labels.find((label) => scripts.filter((script) => script.test(label)).length > 1)
  return mixed ? `The domain ${labels.join(".")} mixes letters of several scripts that look alike.` : null
}

import type { Properties } from "hast"

/** What a link keeps: where it leads, if that is outside, in a page of its own that is not told where it was pressed. */
export function linkTo(href: string | undefined): Properties {
  const [, scheme, rest] = /^(https?:\/\/|mailto:|tel:)([\s\S]*)$/i.exec(trimmed(href)) ?? []
  if (scheme === undefined || rest === undefined || rest.length > longestAddress) return {}
  return { href: scheme.toLowerCase() + rest, target: "_blank", rel: ["noopener", "noreferrer", "nofollow"] }
}

/** The place of each file of the mail among all of them, by its Content-ID without angle brackets (RFC 2392). */
export type InlinePlaces = ReadonlyMap<string, number>

export const inlinePlaces = (contentIds: readonly (string | null)[]): InlinePlaces =>
  new Map(contentIds.flatMap((id, place) => (id === null ? [] : [[id.replace(/^<|>$/g, ""), place]])))

export type Image = { shown: Properties; isRemote: boolean }

/**
 * Where a picture comes from, written so that it is fetched from nowhere: one from elsewhere waits until somebody asks for
 * it (`data-src`), one of the mail's own files is named by its place among them until it has an address
 * (`data-inline`). Both come first in their tag.
 */
export function imageFrom(src: string | undefined, places: InlinePlaces): Image {
  const address = trimmed(src)
  const [, , rest] = /^(https?:)?\/\/([\s\S]+)$/i.exec(address) ?? []
  if (rest !== undefined)
    return { shown: rest.length > longestAddress ? {} : { dataSrc: `https://${rest}` }, isRemote: true }
  const [, id] = /^cid:([\s\S]{1,1000})$/i.exec(address) ?? []
  if (id !== undefined) return { shown: inline(places.get(decoded(id)) ?? places.get(id)), isRemote: false }
  const isPicture = /^data:image\/(?:png|jpe?g|gif|webp);base64,[a-z0-9+/=\s]+$/i.test(address)
  return { shown: isPicture ? { src: address.replace(/^data/i, "data") } : {}, isRemote: false }
}

const longestAddress = 8000

const inline = (place: number | undefined): Properties => (place === undefined ? {} : { dataInline: String(place) })

const trimmed = (address = "") => address.trim()

function decoded(text: string) {
  try {
    return decodeURIComponent(text)
  } catch {
    // A percent sign that encodes nothing is part of the name.
    return text
  }
}

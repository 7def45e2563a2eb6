type Page<O> = { order: O; cursor: string | null }

/**
 * The page of a list a program asks for. The first of `orders` is by number or id: what changes while the list is walked
 * stays in its place. A cursor goes on in the order it was given in, and in no other.
 */
export function pageAsked<O extends string>(
  query: URLSearchParams,
  orders: readonly [O, ...O[]],
  isPlace: (text: string) => boolean,
): Page<O> | { refused: string } {
  const given = query.get("cursor")
  const place = given ? opened(given) : null
  const asked = query.get("order")
  const order = orders.find((one) => one === (asked || place?.order)) ?? (asked ? null : orders[0])
  if (!order) return { refused: `order: there is no ${asked}; use ${orders.join(", ")}` }
  if (!given) return { order, cursor: null }
  const isOurs = place !== null && place.order === order && isPlace(place.cursor)
  return isOurs ? { order, cursor: place.cursor } : { refused: "cursor: give back the `next` of a page in this order" }
}

/** `next` as it goes out, with the order it is of; opaque, and of letters an address may hold as they are. */
export const nextPage = (order: string, next: string | null) =>
  next === null ? null : btoa(`${order} ${next}`).replaceAll("=", "").replaceAll("+", "-").replaceAll("/", "_")

function opened(text: string): { order: string; cursor: string } | null {
  // A length of one past a multiple of four is no base64 at all.
  if (!/^[\w-]{4,200}$/.test(text) || text.length % 4 === 1) return null
  const [, order, cursor] = /^([\w-]+) (\S+)$/.exec(atob(text.replaceAll("-", "+").replaceAll("_", "/"))) ?? []
  return order && cursor ? { order, cursor } : null
}

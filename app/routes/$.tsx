/** Whatever is at no address of the desk: a page of its own, so that the frame stands around the answer. */
export function loader() {
  throw new Response(null, { status: 404 })
}

export default function Nowhere() {
  return null
}

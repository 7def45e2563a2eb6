/** Things to come, the earliest first; what falls on one moment comes in the order it was added. */
export type EventQueue<T> = { add(at: number, thing: T): void; nextAt(): number; take(): T | undefined }

type Entry<T> = { at: number; order: number; thing: T }

/** A binary heap. */
export function eventQueue<T>(): EventQueue<T> {
  const heap: Entry<T>[] = []
  let added = 0
  return {
    add(at, thing) {
      heap.push({ at, order: added++, thing })
      rise(heap, heap.length - 1)
    },
    nextAt: () => heap[0]?.at ?? Number.POSITIVE_INFINITY,
    take() {
      const first = heap[0]
      const last = heap.pop()
      if (first && last && first !== last) {
        heap[0] = last
        sink(heap, 0)
      }
      return first?.thing
    },
  }
}

const isBefore = <T>(a: Entry<T> | undefined, b: Entry<T> | undefined) =>
  a !== undefined && b !== undefined && (a.at < b.at || (a.at === b.at && a.order < b.order))

function rise<T>(heap: Entry<T>[], from: number) {
  for (let at = from, up = (at - 1) >> 1; at > 0 && isBefore(heap[at], heap[up]); at = up, up = (at - 1) >> 1)
    swap(heap, at, up)
}

function sink<T>(heap: Entry<T>[], from: number) {
  for (let at = from; ; ) {
    const left = 2 * at + 1
    const least = isBefore(heap[left + 1], heap[left]) ? left + 1 : left
    if (!isBefore(heap[least], heap[at])) return
    swap(heap, at, least)
    at = least
  }
}

function swap<T>(heap: Entry<T>[], a: number, b: number) {
  const [first, second] = [heap[a], heap[b]]
  if (first && second) [heap[a], heap[b]] = [second, first]
}

const most = 4

/** The first few of a long list. One alone is never left over: its name is as short as the words for it. */
export function shortened(names: readonly string[]) {
  const count = names.length > most ? most - 1 : most
  return { shown: names.slice(0, count), more: names.slice(count) }
}

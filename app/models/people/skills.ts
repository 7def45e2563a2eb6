const mostSkills = 20
const longest = 30

/** Words such as "de, refunds" as they are compared: lower case, each once. */
export function skillsFrom(text: string): string[] {
  const words = text
    .normalize("NFC")
    .toLowerCase()
    .split(/[,;\s]+/)
  return [...new Set(words.filter((word) => word !== "").map((word) => word.slice(0, longest)))].slice(0, mostSkills)
}

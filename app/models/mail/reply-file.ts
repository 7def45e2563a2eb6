/** What mail servers commonly take, before base64 makes a third more of it. */
const mostFileBytes = 25 * 1024 * 1024
const mostFiles = 50

export const filesTooLarge = `Files may be ${mostFileBytes / 1024 / 1024} MB in all, and ${mostFiles} of them at most`

export function areTooLarge(files: readonly { size: number }[]) {
  return files.length > mostFiles || files.reduce((sum, { size }) => sum + size, 0) > mostFileBytes
}

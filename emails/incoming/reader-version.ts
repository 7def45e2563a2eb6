/**
 * Raised whenever more can be read than before. Kept with each mail that was tried (`read_by`): what an older reader
 * could not read is tried once more.
 */
export const readerVersion = 2

/** A case number from an address; 0, which no case has, for anything else. */
export const caseNumber = (text: string | undefined) => (text && /^[1-9]\d{0,14}$/.test(text) ? Number(text) : 0)

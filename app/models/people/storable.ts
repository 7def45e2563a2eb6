/** Text as PostgreSQL keeps it: without NUL, and without halves of characters, which JSON may hold and UTF-8 cannot. */
export const storable = (text: string) => text.replace(/\0/g, "").replace(/\p{Surrogate}/gu, "\uFFFD")

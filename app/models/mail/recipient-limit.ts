/** Most addresses one reply goes to: as many as every mail server takes at once (RFC 5321 4.5.3.1.8). */
export const mostRecipients = 100

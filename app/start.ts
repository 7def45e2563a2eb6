/**
 * What `npm start` runs, built. In production unless told otherwise, and that before anything is loaded that asks for it
 * (React, Express).
 */
process.env.NODE_ENV ??= "production"
await import("./server.ts")

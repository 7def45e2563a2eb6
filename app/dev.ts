import { createServer } from "vite"

/**
 * `npm run dev`: the same desk, with Vite in front that reloads pages as their sources change. The server's own files
 * (app/server.ts and what it starts) are read once; end it and start it again after changing those.
 */
process.env.NODE_ENV = "development"
const vite = await createServer({
  configFile: "app/vite.config.ts",
  server: { middlewareMode: true },
  appType: "custom",
})
const { serveWith } = (await vite.ssrLoadModule("/app/server.ts")) as typeof import("./server.ts")
await serveWith({ build: () => vite.ssrLoadModule("virtual:remix/server-build") as never, dev: vite.middlewares })

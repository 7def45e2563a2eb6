import { resolve } from "node:path"
import { vitePlugin as remix } from "@remix-run/dev"
import { defineConfig, type Plugin } from "vite"

const root = resolve(import.meta.dirname, "..")

/**
 * Remix 2 fixes the server input; a later plugin may replace it, so that server, command line and routes share one
 * module graph: one pool, one clock.
 */
function serverEntries(): Plugin {
  return {
    name: "server-entries",
    config(_config, { isSsrBuild, command }) {
      if (command !== "build" || !isSsrBuild) return
      const input = {
        index: resolve(root, "app/start.ts"),
        desk: resolve(root, "app/desk.ts"),
        // Programs of their own: the thread that reads mail, and the one that watches the desk.
        reader: resolve(root, "emails/incoming/reader-thread.server.ts"),
        watchdog: resolve(root, "app/watchdog-thread.server.ts"),
        // The pages by themselves, for the test that knows who may open which.
        pages: "virtual:remix/server-build",
      }
      return { build: { rollupOptions: { input, output: { entryFileNames: "[name].js" } } } }
    },
  }
}

/** Each file costs a request and its headers: the small parts that the frame brings to every page are one. */
function fewFiles(): Plugin {
  const isOfFrame = (id: string) =>
    /\/app\/components\/(?:again|case-views|face|keys|list-address|load-meter|post-form|press|time|title|typing|words\/[\w-]+)\.tsx?$/.test(
      id,
    ) || /\/models\/people\/(?:agent|when)\.ts$/.test(id)
  const manualChunks = (id: string) => (isOfFrame(id) ? "parts" : undefined)
  return {
    name: "few-files",
    config(_config, { isSsrBuild, command }) {
      if (command !== "build" || isSsrBuild) return
      return { build: { rollupOptions: { output: { manualChunks } } } }
    },
  }
}

/** Remix loads the page anew where a part of it cannot be fetched, and has no setting for that. */
function routeModules(): Plugin {
  return {
    name: "route-modules",
    enforce: "pre",
    resolveId(source, importer) {
      const isRemix = /@remix-run\/react\/dist\/esm\//.test(importer ?? "")
      return isRemix && source === "./routeModules.js"
        ? resolve(root, "app/components/connection/route-module.ts")
        : null
    },
  }
}

export default defineConfig({
  root,
  publicDir: false,
  // Bundling these two halves start-up time: the server imports single files of very many.
  ssr: { noExternal: [/^drizzle-orm/, /^lucide-react/, /^@fontsource/] },
  plugins: [
    remix({
      ignoredRouteFiles: ["**/*.css"],
      future: {
        v3_fetcherPersist: true,
        v3_relativeSplatPath: true,
        v3_throwAbortReason: true,
        // Looked up one by one, pages that were never open could not be found while the desk is away.
        v3_lazyRouteDiscovery: false,
      },
    }),
    serverEntries(),
    fewFiles(),
    routeModules(),
  ],
  // Vite's own default is older browsers, for which this esbuild cannot write.
  optimizeDeps: { esbuildOptions: { target: "es2022" } },
  build: {
    target: "es2022",
    assetsInlineLimit: 0,
    // Routes that only answer have nothing for the browser; a line for each would bury a real warning.
    rollupOptions: { onwarn: (warning, warn) => warning.code === "EMPTY_BUNDLE" || warn(warning) },
  },
})
